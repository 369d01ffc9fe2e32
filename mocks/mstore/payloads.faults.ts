import { encodeBase64 } from '#protocol/base64.ts'
import { concat, utf8 } from '#protocol/bytes.ts'
import type { MStoreContent } from './decisions.ts'
import type { PayloadRules } from './payloads.ts'
import type { StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import { fault, type MStoreFault } from './fault.ts'

const { objects, payloads } = documented
const KIB = 1024

/** Faults in downloads. */
export const PAYLOAD_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-PAYLOAD-01/answers-the-object', 'the path of the audio answers JSON', {
    payloads: { part: ({ fileName }) => ({ kind: 'json', value: { object: { fileName } } }) },
  }),
  fault('MSTORE-PAYLOAD-01/does-not-serve', 'the path of the audio answers 404', {
    payloads: { isPart: () => false },
  }),
  fault('MSTORE-PAYLOAD-03/leaves-out-the-encoding', 'a download has no Content-Transfer-Encoding', {
    payloads: { part: withHeader('Content-Transfer-Encoding', null) },
  }),
  fault('MSTORE-PAYLOAD-03/answers-8bit', 'Content-Transfer-Encoding of a download is 8bit', {
    payloads: { part: withHeader('Content-Transfer-Encoding', '8bit') },
  }),
  fault('MSTORE-PAYLOAD-04/names-another-file', 'Content-Disposition of a download names another file', {
    payloads: { part: withHeader('Content-Disposition', 'attachment; filename="download.amr"') },
  }),
  fault('MSTORE-PAYLOAD-04/leaves-out-the-file', 'a download has no Content-Disposition', {
    payloads: { part: withHeader('Content-Disposition', null) },
  }),
  fault('MSTORE-PAYLOAD-05/sends-it-raw', 'the audio is not encoded, whatever the header says', {
    payloads: { encoded: ({ audio }) => audio },
  }),
  fault('MSTORE-PAYLOAD-05/leaves-out-the-padding', 'the Base64 is not padded', {
    payloads: { encoded: ({ audio }) => utf8(encodeBase64(audio, { padded: false })) },
  }),
  fault('MSTORE-PAYLOAD-05/uses-the-url-alphabet', 'the Base64 has - and _', {
    payloads: {
      encoded: ({ audio }) =>
        utf8(encodeBase64(audio, { padded: true }).replaceAll('+', '-').replaceAll('/', '_')),
    },
  }),
  fault('MSTORE-PAYLOAD-06/counts-one-more', 'size is one byte too much', {
    objects: { part: sized(({ audio }) => audio.length + 1) },
  }),
  fault('MSTORE-PAYLOAD-07/sends-another-format', 'the audio begins as a WAVE file', {
    payloads: {
      encoded: (object, wrapping) =>
        payloads.encoded({ ...object, audio: concat(utf8('RIFF'), object.audio.slice(4)) }, wrapping),
    },
  }),
  fault('MSTORE-PAYLOAD-08/names-another-boundary', 'content-type has another boundary than the download', {
    objects: {
      attributes: (own, derived, object) =>
        new Map([
          ...objects.attributes(own, derived, object),
          ['content-type', 'multipart/mixed; boundary="====outer123=="'],
        ]),
    },
  }),
  fault('MSTORE-PAYLOAD-08/sends-the-audio', 'payloadURL answers the audio alone', {
    payloads: { whole: (object, encoded) => payloads.part(object, encoded) },
  }),
  fault('MSTORE-PAYLOAD-09/tells-8bit', 'the attribute Content-Transfer-Encoding is 8bit', {
    objects: {
      attributes: (own, derived, object) =>
        new Map([...objects.attributes(own, derived, object), ['Content-Transfer-Encoding', '8bit']]),
    },
  }),
  fault('MSTORE-PAYLOAD-10/cuts-it', 'a download ends after 1 KiB', {
    payloads: {
      encoded: (object, wrapping) =>
        payloads.encoded({ ...object, audio: object.audio.slice(0, KIB) }, wrapping),
    },
  }),
  fault('MSTORE-PAYLOAD-10/cuts-what-is-large', 'a download ends after 512 KiB', {
    payloads: {
      encoded: (object, wrapping) =>
        payloads.encoded({ ...object, audio: object.audio.slice(0, 512 * KIB) }, wrapping),
    },
  }),
  fault('MSTORE-PAYLOAD-10/adds-a-byte', 'a download has a zero byte at its end', {
    payloads: {
      encoded: (object, wrapping) =>
        payloads.encoded({ ...object, audio: concat(object.audio, new Uint8Array(1)) }, wrapping),
    },
  }),
  fault('MSTORE-PAYLOAD-14/marks-as-seen', 'a download sets \\Seen', {
    payloads: { afterReading: (object) => ({ ...object, seen: true }) },
  }),
  fault('MSTORE-PAYLOAD-15/serves-any-part', 'any part is the first', { payloads: { isPart: () => true } }),
  fault('MSTORE-PAYLOAD-16/tells-milliseconds', 'content-duration is in ms', {
    objects: { attributes: lasting((seconds) => seconds * 1000) },
  }),
  fault('MSTORE-PAYLOAD-16/tells-nothing', 'content-duration is 0', {
    objects: { attributes: lasting(() => 0) },
  }),
]

function withHeader(name: string, value: string | null): PayloadRules['part'] {
  return (object, encoded): MStoreContent => {
    const content = payloads.part(object, encoded)
    if (content.kind !== 'bytes') return content
    const others = (content.headers ?? []).filter(([each]) => each !== name)
    return { ...content, headers: value === null ? others : [...others, [name, value]] }
  }
}

function sized(size: (object: StoredObject) => number): typeof objects.part {
  return (object, href) => ({ ...objects.part(object, href), size: String(size(object)) })
}

function lasting(change: (seconds: number) => number): typeof objects.attributes {
  return (own, derived, object) => {
    const attributes = objects.attributes(own, derived, object)
    const seconds = Number(attributes.get('content-duration'))
    return new Map([...attributes, ['content-duration', String(change(seconds))]])
  }
}
