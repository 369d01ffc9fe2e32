import { instantText } from '#protocol/mstore/attributes.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import type { ObjectMembers, PayloadPart } from '#protocol/mstore/objects.ts'
import { BASE64_COLUMNS, wrapBase64 } from '#protocol/mstore/transfer-encoding.ts'
import type { StoredObject } from './mailbox.ts'
import type { ObjectRules } from './objects.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { expiry, objects, urls } = documented

const MONTH_MS = 30 * 86_400_000

/** When a voicemail expires, in ms since the Unix epoch, of which seen ones stay longer; null where it does not. */
function laterIfSeen({ folder, expiresMs, seen }: StoredObject): number | null {
  return expiresMs !== null && folder === 'voicemails' && seen ? expiresMs + MONTH_MS : expiresMs
}

/** Objects that are right otherwise. */
export const OBJECT_VARIANTS: readonly MStoreVariant[] = [
  shown(
    [
      'MSTORE-OBJECT-08/writes-an-offset',
      'dates end in an offset',
      'ISO 8601 has other forms than the example',
    ],
    {
      date: (value) => value.replace(/Z$/, '+00:00'),
      expires: (value) => value.replace(/Z$/, '+00:00'),
    },
  ),
  shown(
    [
      'MSTORE-OBJECT-08/writes-milliseconds',
      'dates have milliseconds',
      'ISO 8601 has other forms than the example',
    ],
    {
      date: (value) => value.replace(/Z$/, '.000Z'),
    },
  ),
  shown(
    [
      'MSTORE-OBJECT-11/writes-a-plus',
      'numbers begin with a plus',
      'the example prints digits, and no sentence asks for them alone',
    ],
    {
      from: (value) => `+${value}`,
      'return-number': (value) => `+${value}`,
      to: (value) => `+${value}`,
    },
  ),
  shown(
    [
      'MSTORE-OBJECT-11/adds-a-domain',
      'every source number has a domain',
      '"This may contain a domain suffix"',
    ],
    {
      from: (value) => (value.includes('@') ? value : `${value}@tmo.example`),
    },
  ),
  shown(
    ['MSTORE-OBJECT-05/tells-fractions', 'content-duration has a fraction', '"Audio duration in seconds."'],
    {
      'content-duration': (value) => `${value}.00`,
    },
  ),
  shown(
    [
      'MSTORE-OBJECT-07/spells-the-type-otherwise',
      'content-type is not spelled as in the header of the download',
      'media types are the same in any case',
    ],
    {
      'content-type': (value) => value.replace('multipart/mixed; boundary', 'Multipart/Mixed;BOUNDARY'),
    },
  ),
  shown(
    [
      'MSTORE-OBJECT-12/has-words-of-its-own',
      'importance, sensitivity, sourcenode and Direction have other values',
      'the values are printed in an example',
    ],
    {
      importance: () => 'Urgent',
      sensitivity: () => 'PRIVATE',
      sourcenode: () => 'node-7',
    },
  ),
  variant({
    id: 'MSTORE-OBJECT-10/keeps-longer-what-was-played',
    summary: 'a voicemail that was marked as seen expires a month later',
    open: '"Expiration timestamp of this object": nothing says when that is, or that it stays the same',
    patch: {
      objects: {
        attributes: (own, derived, object) => {
          const shown = objects.attributes(own, derived, object)
          const expiresMs = laterIfSeen(object)
          return expiresMs === null ? shown : new Map([...shown, ['expires', instantText(expiresMs)]])
        },
      },
      expiry: {
        isExpired: (object, nowMs) => expiry.isExpired({ ...object, expiresMs: laterIfSeen(object) }, nowMs),
      },
    },
    areas: ['MSTORE-BULKUPDATE', 'MSTORE-FLAG'],
  }),
  variant({
    id: 'MSTORE-OBJECT-04/further-attributes',
    summary: 'objects have attributes that the specification does not name',
    open: 'nothing says that there are no others',
    patch: {
      objects: {
        attributes: (own, derived, object) =>
          new Map([['x-vendor', 'any'], ...objects.attributes(own, derived, object), ['priority', '']]),
      },
    },
  }),
  part(
    ['MSTORE-OBJECT-30/answers-a-number', 'size is a JSON number', 'it is printed as text in an example'],
    ({ size }) => ({
      size: Number(size),
    }),
  ),
  part(
    [
      'MSTORE-OBJECT-32/leaves-out-the-blank',
      'contentDisposition has no blank',
      'the specification prints both',
    ],
    ({ contentDisposition }) => ({
      contentDisposition: contentDisposition.replace('; ', ';'),
    }),
  ),
  part(
    [
      'MSTORE-OBJECT-32/leaves-out-the-quotes',
      'the file name is not quoted',
      'a file name may stand without quotes (RFC 6266)',
    ],
    ({ contentDisposition }) => ({
      contentDisposition: contentDisposition.replaceAll('"', ''),
    }),
  ),
  part(
    ['MSTORE-OBJECT-29/writes-capitals', 'contentType has capitals', 'media types are the same in any case'],
    () => ({
      contentType: 'Audio/AMR',
    }),
  ),
  part(
    [
      'MSTORE-PAYLOAD-06/counts-the-encoding',
      'size is that of the Base64',
      '"Byte size of audio file": before or after it is encoded',
    ],
    (_part, { audio }) => ({
      size: String(encodeBase64(audio, { padded: true }).length),
    }),
  ),
  part(
    [
      'MSTORE-PAYLOAD-06/counts-lines',
      'size is that of the Base64 with its line ends',
      '"Byte size of audio file": before or after it is encoded',
    ],
    (_part, { audio }) => ({
      size: String(wrapBase64(audio, { columns: BASE64_COLUMNS, lineEnd: '\r\n', trailing: false }).length),
    }),
  ),
  variant({
    id: 'MSTORE-OBJECT-01/further-members',
    summary: 'objects have members that the specification does not name, in another order',
    open: 'nothing says that there are no others',
    patch: { objects: { members: (members) => further(members) } },
  }),
  ...(
    [
      [
        'other-ports',
        'extended URLs have other ports',
        (url) => url.replace(':443/', ':8443/').replace(':8082/', ':80/'),
      ],
      ['no-ports', 'extended URLs have no ports', (url) => url.replace(/:(?:443|8082)(?=\/)/g, '')],
      [
        'ipv6-hosts',
        'the hosts in extended URLs are IPv6 addresses',
        (url) => url.replace(/\/\/[^/]+(?=\/)/g, '//[2001:db8::7]:8082'),
      ],
      [
        'other-hosts',
        'extended URLs name another host than was asked',
        (url) => url.replace(/\/\/[^/:]+(?=[:/])/, '//wsg2.example'),
      ],
    ] as const satisfies readonly (readonly [string, string, (url: string) => string])[]
  ).map(([name, summary, change]) =>
    variant({
      id: `MSTORE-OBJECT-24/${name}`,
      summary,
      open: 'host and ports are those of an example; a client takes the path alone',
      patch: { urls: { resource: (place) => change(urls.resource(place)) } },
      areas: ['MSTORE-FOLDER', 'MSTORE-URL', 'MSTORE-PAYLOAD'],
    }),
  ),
  variant({
    id: 'MSTORE-OBJECT-35/answers-400',
    summary: 'an unknown object answers 400, its audio 410',
    open: 'no status is listed for it',
    patch: {
      status: {
        'read-object': { 'unknown-object': 400 },
        'read-payload': { 'unknown-object': 410, 'unknown-payload': 403 },
      },
    },
    areas: ['MSTORE-PAYLOAD', 'MSTORE-BULKDELETE'],
  }),
]

type VariantWords = readonly [id: string, summary: string, open: string]

/** A variant that shows attributes with other values. */
function shown(
  [id, summary, open]: VariantWords,
  changes: Readonly<Record<string, (value: string) => string>>,
): MStoreVariant {
  const attributes: ObjectRules['attributes'] = (own, derived, object) =>
    new Map(
      [...objects.attributes(own, derived, object)].map(([name, value]) => [
        name,
        changes[name]?.(value) ?? value,
      ]),
    )
  return variant({
    id,
    summary,
    open,
    patch: { objects: { attributes } },
    areas: ['MSTORE-PAYLOAD', 'MSTORE-UPLOAD'],
  })
}

/** A variant that shows a part with other members. */
function part(
  [id, summary, open]: VariantWords,
  change: (part: PayloadPart, object: StoredObject) => object,
): MStoreVariant {
  const members: ObjectRules['members'] = (members, object) => {
    const [shownPart] = members.payloadPart
    return { ...members, payloadPart: [{ ...shownPart, ...change(shownPart, object) }] }
  }
  const patch: MStorePatch = { objects: { members } }
  return variant({ id, summary, open, patch, areas: ['MSTORE-PAYLOAD'] })
}

function further(members: ObjectMembers): object {
  const reversed = Object.fromEntries(Object.entries(members).toReversed())
  return {
    lastModSeq: 17,
    ...reversed,
    flags: { ...members.flags, count: members.flags.flag.length },
    thumbnails: [],
  }
}
