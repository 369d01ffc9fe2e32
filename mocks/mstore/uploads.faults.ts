import { concat, utf8 } from '#protocol/bytes.ts'
import { parseError } from '#protocol/parse-error.ts'
import { KEPT } from '#protocol/mstore/flags.ts'
import { membersOf, textsOf } from '#protocol/mstore/members.ts'
import type { UploadMessage } from '#protocol/mstore/upload.ts'
import { type Attributes, instantText } from '#protocol/mstore/attributes.ts'
import { GREETINGS_PATH, plainRoot, readFlat, readRootAlone, readWithRoot } from './lenient-uploads.faults.ts'
import type { Uploaded, UploadedContext } from './uploaded-objects.ts'
import { hasBareLineFeeds, orElse, where } from './upload-readers.faults.ts'
import type { UploadRules } from './uploads.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { stamped, storedSince } from './overlaps.faults.ts'
import { deployedFault, fault, faultRows, type MStoreFault } from './fault.ts'

const { uploads, objects } = documented

const INNER_HEADERS = utf8('Content-Type: audio/amr\r\n\r\n')

/** Faults in uploads. */
export const UPLOAD_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-UPLOAD-01/stores-nothing', 'an upload succeeds and nothing is stored', {
    uploads: { stored: () => [] },
  }),
  fault('MSTORE-UPLOAD-01/wants-a-quoted-boundary', 'a boundary without quotes is refused', {
    uploads: { read: where(({ contentType }) => contentType.includes('boundary="')) },
  }),
  fault('MSTORE-PAYLOAD-10/stores-the-headers', 'the headers of the inner document are kept with the audio', {
    uploads: {
      read: (message) => {
        const read = uploads.read(message)
        return read.kind === 'parse-error' ? read : { ...read, audio: concat(INNER_HEADERS, read.audio) }
      },
    },
  }),
  fault('MSTORE-UPLOAD-01/answers-500', 'an upload is stored and answers 500', {
    status: { upload: { stored: 500 } },
  }),
  fault('MSTORE-UPLOAD-05/stores-greetings', 'an upload to the inbox is a greeting', {
    uploads: { folder: (path) => (path === '/VV-Mail/Inbox' ? 'greetings' : uploads.folder(path)) },
  }),
  fault('MSTORE-UPLOAD-05/refuses-the-inbox', 'an upload to the inbox is refused', {
    uploads: { mayUploadTo: (folder) => folder === 'greetings' },
  }),
  fault('MSTORE-UPLOAD-06/stores-voicemails', 'an upload to the greetings is a voicemail', {
    uploads: { folder: (path) => (path === GREETINGS_PATH ? 'voicemails' : uploads.folder(path)) },
  }),
  fault('MSTORE-UPLOAD-08/forgets-the-duration', 'content-duration is 0 whatever was given', {
    uploads: { attributes: storing('content-duration', () => '0') },
  }),
  fault('MSTORE-UPLOAD-09/takes-its-own-date', 'date is when it was uploaded', {
    uploads: {
      attributes: storing('date', (_value, { world, mailbox }) =>
        instantText(world.nowMs(mailbox.subscriber.msisdn)),
      ),
    },
  }),
  fault('MSTORE-UPLOAD-10/gives-its-own-id', 'Message-Id is the server’s', {
    uploads: {
      attributes: storing('Message-Id', (_value, { mailbox }) => `greeting-${mailbox.nextNumbers.greetings}`),
    },
  }),
  fault('MSTORE-UPLOAD-11/writes-another-version', 'mime-version is 1.1 whatever was given', {
    uploads: { attributes: storing('mime-version', () => '1.1') },
  }),
  fault('MSTORE-UPLOAD-12/writes-its-own-subject', 'subject is the server’s', {
    uploads: { attributes: storing('subject', () => 'Greeting') },
  }),
  fault('MSTORE-UPLOAD-12/mangles-utf-8', 'subject is read as Latin-1', {
    uploads: { attributes: storing('subject', (value) => Buffer.from(value, 'utf8').toString('latin1')) },
  }),
  fault('MSTORE-UPLOAD-12/escapes-markup', 'what is markup in a subject is escaped', {
    uploads: {
      attributes: storing('subject', (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    },
  }),
  fault('MSTORE-UPLOAD-12/joins-blanks', 'blanks in a row in a subject become one', {
    uploads: { attributes: storing('subject', (value) => value.replace(/ +/g, ' ')) },
  }),
  fault('MSTORE-UPLOAD-12/decodes-percents', 'a subject is decoded as if it were in a URL', {
    uploads: {
      attributes: storing('subject', (value) => value.replace(/%41/g, 'A').replaceAll('+', ' ')),
    },
  }),
  fault('MSTORE-UPLOAD-12/cuts-it-off', 'a subject is cut off after 64 characters', {
    uploads: { attributes: storing('subject', (value) => value.slice(0, 64)) },
  }),
  fault('MSTORE-UPLOAD-13/forces-the-type', 'every greeting is a normal one', {
    uploads: { attributes: storing('x-cns-greeting-type', () => 'normal-greeting') },
  }),
  fault('MSTORE-UPLOAD-14/ignores-flags', 'an upload with \\Seen was not seen', {
    uploads: { flags: (flags, folder) => ({ ...uploads.flags(flags, folder), seen: false }) },
  }),
  fault(
    'MSTORE-UPLOAD-15/wants-what-is-recommended',
    'an upload without the recommended attributes is refused',
    {
      uploads: {
        objection: (fields) =>
          ['content-duration', 'date', 'Message-Id', 'mime-version', 'subject', 'x-cns-greeting-type']
            .filter((name) => !fields.attributes.has(name))
            .map((name) => `${name}: expected a value, got none`)[0] ?? uploads.objection(fields),
      },
    },
  ),
  fault('MSTORE-UPLOAD-15/wants-a-flag', 'an upload without \\Seen is refused', {
    uploads: {
      objection: (fields) =>
        fields.flags.length === 0 ? 'flags: expected a flag, got none' : uploads.objection(fields),
    },
  }),
  fault('MSTORE-UPLOAD-16/marks-as-seen', 'an upload without \\Seen was seen', {
    uploads: { flags: (flags, folder) => ({ ...uploads.flags(flags, folder), seen: true }) },
  }),
  deployedFault('MSTORE-UPLOAD-33/wants-crlf', 'Base64 in lines that end in LF is refused', {
    uploads: { read: where((message) => !hasBareLineFeeds(message)) },
  }),
  fault('MSTORE-UPLOAD-34/knows-one-boundary', 'only one boundary is understood', {
    uploads: { read: where(({ contentType }) => /boundary="?----/.test(contentType)) },
  }),
  fault('MSTORE-UPLOAD-34/takes-plain-boundaries', 'a boundary with a character of punctuation is refused', {
    uploads: { read: where(({ contentType }) => /boundary="?[0-9A-Za-z-]+"?$/.test(contentType)) },
  }),
  deployedFault('MSTORE-UPLOAD-35/activates-it', 'an uploaded greeting is active', {
    uploads: {
      flags: (flags, folder) => ({ ...uploads.flags(flags, folder), greetingOn: folder === 'greetings' }),
    },
  }),
  fault('MSTORE-UPLOAD-36/leaves-out-the-numbers', 'from, to and Direction of greetings are empty', {
    objects: {
      derived: (object, mailbox) =>
        new Map([
          ...objects.derived(object, mailbox),
          ...(object.folder === 'greetings' ? ['from', 'to', 'Direction'] : []).map(
            (name) => [name, ''] as const,
          ),
        ]),
    },
  }),
  fault('MSTORE-UPLOAD-38/needs-no-audio', 'an upload without attachments is an object without audio', {
    uploads: { read: (message) => orElse(uploads.read(message), () => readRootAlone(message)) },
  }),
  fault('MSTORE-UPLOAD-38/needs-no-root', 'an upload without root-fields is a greeting', {
    uploads: { read: (message) => orElse(uploads.read(message), () => readWithRoot(message)) },
  }),
  fault(
    'MSTORE-UPLOAD-39/does-not-read-the-root',
    'a root document that is no JSON is one without attributes',
    {
      uploads: { read: (message) => orElse(uploads.read(message), () => readFlat(message, plainRoot)) },
    },
  ),
  fault(
    'MSTORE-UPLOAD-40/keeps-equal-bytes-once',
    'an upload of bytes that are there already replaces them',
    {
      uploads: {
        number: (uploaded, mailbox) =>
          [...mailbox.objects.values()].find(
            ({ folder, audio }) => folder === uploaded.folder && Buffer.compare(audio, uploaded.audio) === 0,
          )?.number ?? uploads.number(uploaded, mailbox),
      },
    },
  ),
  fault('MSTORE-UPLOAD-42/keeps-the-mark', 'an upload with $MarkNotToDelete has it', {
    uploads: {
      flags: (flags, folder) => ({ ...uploads.flags(flags, folder), kept: flags.includes(KEPT) }),
    },
  }),
  ...faultRows(refusing, [
    [
      'MSTORE-UPLOAD-44/minds-lower-case',
      'header names of documents in lower case are refused',
      /\ncontent-type:/,
    ],
    [
      'MSTORE-UPLOAD-44/minds-upper-case',
      'header names of documents in upper case are refused',
      /\nCONTENT-TYPE:/,
    ],
    ['MSTORE-UPLOAD-44/minds-the-type', 'media types in upper case are refused', /MULTIPART\//],
    ['MSTORE-UPLOAD-44/wants-no-quotes', 'an inner boundary in quotes is refused', /boundary="/],
    [
      'MSTORE-UPLOAD-44/wants-nothing-before',
      'text before the first document is refused',
      /^To be left aside/,
    ],
  ]),
  fault('MSTORE-UPLOAD-45/goes-by-the-length', 'audio is cut off after the length of its document', {
    uploads: {
      read: (message) => {
        const read = uploads.read(message)
        return read.kind === 'parse-error' ? read : { ...read, audio: cutToLength(message, read.audio) }
      },
    },
  }),
  fault('MSTORE-UPLOAD-46/minds-null', 'an upload whose flags are null is refused', {
    uploads: { fields: (root) => refusingWhere(root, ({ flags }) => flags === null) },
  }),
  fault('MSTORE-UPLOAD-46/minds-empty-lists', 'an upload with an empty list of flags is refused', {
    uploads: {
      fields: (root) => refusingWhere(root, ({ flags }) => textsOf(membersOf(flags)['flag'])?.length === 0),
    },
  }),
  fault('MSTORE-UPLOAD-47/counts-before', 'of two uploads at once both get the last place', {
    uploads: {
      attributes: (uploaded, authorized) => stamped(uploads.attributes(uploaded, authorized), authorized),
      isOverQuota: (object, authorized) => {
        const since = storedSince(authorized)
        const before = [...authorized.mailbox.objects].filter(([, each]) => !since.includes(each))
        const mailbox = { ...authorized.mailbox, objects: new Map(before) }
        return uploads.isOverQuota(object, { ...authorized, mailbox })
      },
    },
  }),
  fault('MSTORE-UPLOAD-48/deactivates-others', 'an upload makes the other greetings inactive', {
    uploads: {
      stored: (object, { mailbox }) => [
        ...[...mailbox.objects.values()].map((other) => ({ ...other, greetingOn: false })),
        object,
      ],
    },
  }),
  fault('MSTORE-UPLOAD-48/marks-others-as-seen', 'an upload marks the other objects as seen', {
    uploads: {
      stored: (object, { mailbox }) => [
        ...[...mailbox.objects.values()].map((other) => ({ ...other, seen: true })),
        object,
      ],
    },
  }),
  fault('MSTORE-UPLOAD-48/replaces-the-subject', 'an upload replaces the greeting of the same subject', {
    uploads: {
      number: (uploaded, mailbox) =>
        [...mailbox.objects.values()].find(
          ({ folder, attributes }) =>
            folder === uploaded.folder && attributes.get('subject') === uploaded.given.get('subject'),
        )?.number ?? uploads.number(uploaded, mailbox),
    },
  }),
]

function storing(
  name: string,
  change: (value: string, authorized: UploadedContext) => string,
): UploadRules['attributes'] {
  return (uploaded: Uploaded, authorized: UploadedContext): Attributes => {
    const attributes = uploads.attributes(uploaded, authorized)
    return new Map([...attributes, [name, change(attributes.get(name) ?? '', authorized)]])
  }
}

/** A reader that refuses messages, their type and their bytes, which are written in a way they may be written in. */
function refusing(spelling: RegExp): MStorePatch {
  const isRefused = ({ contentType, body }: UploadMessage) =>
    spelling.test(Buffer.from(body).toString('latin1')) || spelling.test(contentType)
  return { uploads: { read: where((message) => !isRefused(message)) } }
}

/** The audio as far as the length of the innermost document goes. */
function cutToLength({ body }: UploadMessage, audio: Uint8Array): Uint8Array {
  const lengths = [
    ...Buffer.from(body)
      .toString('latin1')
      .matchAll(/\nContent-Length: (\d+)/g),
  ]
  const [, length = '0'] = lengths.at(-1) ?? []
  return audio.slice(0, Math.floor((Number(length) * 3) / 4))
}

function refusingWhere(
  root: unknown,
  isRefused: (object: Readonly<Record<string, unknown>>) => boolean,
): ReturnType<UploadRules['fields']> {
  return isRefused(membersOf(membersOf(root)['object']))
    ? parseError('root document: expected another member, got this')
    : uploads.fields(root)
}
