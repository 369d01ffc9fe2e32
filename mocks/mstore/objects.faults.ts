import type { Attributes } from '#protocol/mstore/attributes.ts'
import { FOLDERS, type FolderName } from '#protocol/mstore/folders.ts'
import type { ObjectMembers, PayloadPart } from '#protocol/mstore/objects.ts'
import { parseResourceUrl } from '#protocol/mstore/urls.ts'
import type { StoredObject } from './mailbox.ts'
import type { ObjectRules } from './objects.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { fault, faultRows, type MStoreFault } from './fault.ts'

const { objects, search, wire } = documented

/** Faults in what an object shows of itself. */
export const OBJECT_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-OBJECT-01/answers-the-bare-object', 'the members stand at the top of the body', {
    objects: { body: (members) => members },
  }),
  fault('MSTORE-OBJECT-02/leaves-payloads-out-of-searches', 'items of a search have no payloadPart', {
    search: {
      item: (object, authorized) => ({ ...search.item(object, authorized), payloadPart: undefined }),
    },
  }),
  fault('MSTORE-OBJECT-02/leaves-flags-out-of-searches', 'items of a search have no flags', {
    search: { item: (object, authorized) => ({ ...search.item(object, authorized), flags: undefined }) },
  }),
  fault('MSTORE-OBJECT-03/names-the-other-folder', 'parentFolder is the other folder', {
    objects: { folder: ({ folder }) => FOLDERS[folder === 'greetings' ? 'voicemails' : 'greetings'] },
  }),
  fault('MSTORE-OBJECT-04/answers-texts', 'the values of attributes are text and no list', {
    objects: {
      members: changing((members) => ({ attributes: { attribute: valued(members, (value) => value) } })),
    },
  }),
  fault('MSTORE-OBJECT-04/answers-a-map', 'the attributes are members by name', {
    objects: {
      members: changing(({ attributes }) => ({
        attributes: {
          attribute: Object.fromEntries(attributes.attribute.map(({ name, value }) => [name, value])),
        },
      })),
    },
  }),
  fault('MSTORE-OBJECT-05/answers-minutes', 'content-duration reads 00:05', {
    objects: { attributes: withValue('content-duration', (value) => `00:${value.padStart(2, '0')}`) },
  }),
  ...faultRows(lacking, [
    ['MSTORE-OBJECT-05/leaves-out-the-duration', 'there is no content-duration', 'content-duration'],
    ['MSTORE-OBJECT-09/leaves-out-the-direction', 'there is no Direction', 'Direction'],
    ['MSTORE-OBJECT-10/leaves-out-the-expiry', 'voicemails have no expires', 'expires'],
    ['MSTORE-OBJECT-12/leaves-out-the-importance', 'voicemails have no importance', 'importance'],
    ['MSTORE-OBJECT-15/leaves-out-the-version', 'there is no mime-version', 'mime-version'],
    ['MSTORE-OBJECT-16/leaves-out-the-return-number', 'voicemails have no return-number', 'return-number'],
    ['MSTORE-OBJECT-17/leaves-out-the-sensitivity', 'voicemails have no sensitivity', 'sensitivity'],
    ['MSTORE-OBJECT-18/leaves-out-the-node', 'voicemails have no sourcenode', 'sourcenode'],
    ['MSTORE-OBJECT-19/leaves-out-the-subject', 'greetings have no subject', 'subject'],
    ['MSTORE-OBJECT-21/leaves-out-the-type', 'greetings have no x-cns-greeting-type', 'x-cns-greeting-type'],
  ]),
  fault('MSTORE-OBJECT-06/leaves-out-the-encoding', 'there is no Content-Transfer-Encoding', {
    objects: { attributes: without('Content-Transfer-Encoding') },
  }),
  fault('MSTORE-OBJECT-07/answers-the-type-of-the-audio', 'content-type is audio/amr', {
    objects: { attributes: withValue('content-type', () => 'audio/amr') },
  }),
  fault('MSTORE-OBJECT-08/writes-a-number', 'date is ms since 1970', {
    objects: { attributes: withValue('date', (value) => String(Date.parse(value))) },
  }),
  fault('MSTORE-OBJECT-09/sends-greetings-out', 'Direction of greetings is Out', {
    objects: { attributes: withValue('Direction', () => 'Out', 'greetings') },
  }),
  ...faultRows(adding, [
    ['MSTORE-OBJECT-10/lets-greetings-expire', 'greetings have expires', 'expires', '2099-01-01T00:00:00Z'],
    ['MSTORE-OBJECT-12/weighs-greetings', 'greetings have an importance', 'importance', 'normal'],
    [
      'MSTORE-OBJECT-16/calls-greetings-back',
      'greetings have a return-number',
      'return-number',
      '18056377243',
    ],
    ['MSTORE-OBJECT-17/classifies-greetings', 'greetings have a sensitivity', 'sensitivity', 'personal'],
    ['MSTORE-OBJECT-18/names-the-node-of-greetings', 'greetings have a sourcenode', 'sourcenode', 'VMAS'],
  ]),
  fault('MSTORE-OBJECT-11/names-another-number', 'greetings come from a number of the server', {
    objects: { attributes: withValue('from', () => '18056377243', 'greetings') },
  }),
  fault('MSTORE-OBJECT-13/calls-greetings-voicemails', 'message-context of greetings is voice-message', {
    objects: { attributes: withValue('message-context', () => 'voice-message', 'greetings') },
  }),
  fault('MSTORE-OBJECT-14/gives-one-id', 'every object of a folder has one Message-Id', {
    objects: { attributes: withValue('Message-Id', () => '2024-01-01T00:00:00Z-conn:0') },
  }),
  fault(
    'MSTORE-OBJECT-19/names-the-subject-of-voicemails',
    'voicemails have a subject',
    adding('subject', 'voicemail', 'voicemails'),
  ),
  fault('MSTORE-OBJECT-20/writes-a-domain', 'to ends in @tmo.com', {
    objects: { attributes: withValue('to', (value) => `${value}@tmo.com`) },
  }),
  fault('MSTORE-OBJECT-22/answers-a-text', 'flags.flag is text', {
    objects: { members: changing(({ flags }) => ({ flags: { ...flags, flag: flags.flag.join(' ') } })) },
  }),
  fault('MSTORE-OBJECT-41/lists-flags-twice', 'each flag is listed twice', {
    objects: { flags: (object) => [...objects.flags(object), ...objects.flags(object)] },
  }),
  fault('MSTORE-OBJECT-23/names-the-object', 'flags.resourceURL is that of the object', {
    objects: { members: changing(({ flags, resourceURL }) => ({ flags: { ...flags, resourceURL } })) },
  }),
  fault('MSTORE-OBJECT-24/answers-a-path', 'resourceURL is a path', {
    objects: { members: changing(({ resourceURL }) => ({ resourceURL: pathIn(resourceURL) })) },
  }),
  fault('MSTORE-OBJECT-24/names-the-folder', 'resourceURL is that of the folder', {
    objects: { members: changing(({ parentFolder }) => ({ resourceURL: parentFolder })) },
  }),
  fault('MSTORE-OBJECT-25/leaves-out-the-root', 'path of voicemails is without /VV-Mail', {
    objects: { path: (object) => objects.path(object).replace('/VV-Mail/Inbox', '/Inbox') },
  }),
  fault('MSTORE-OBJECT-26/puts-greetings-into-the-inbox', 'path of greetings begins as that of voicemails', {
    objects: { path: ({ number }) => `${FOLDERS.voicemails.path}/${number}` },
  }),
  fault('MSTORE-OBJECT-27/leaves-out-the-payload', 'there is no payloadURL', {
    objects: { members: changing(() => ({ payloadURL: undefined })) },
  }),
  fault('MSTORE-OBJECT-27/answers-a-path', 'payloadURL is a path', {
    objects: { members: changing(({ payloadURL }) => ({ payloadURL: pathIn(payloadURL) })) },
  }),
  fault('MSTORE-OBJECT-28/answers-no-list', 'payloadPart is the part itself', {
    objects: { members: changing(({ payloadPart }) => ({ payloadPart: payloadPart[0] })) },
  }),
  fault('MSTORE-OBJECT-28/answers-two-parts', 'payloadPart lists the part twice', {
    objects: { members: changing(({ payloadPart }) => ({ payloadPart: [...payloadPart, ...payloadPart] })) },
  }),
  fault('MSTORE-OBJECT-29/answers-octets', 'contentType is application/octet-stream', {
    objects: { part: withPart(() => ({ contentType: 'application/octet-stream' })) },
  }),
  fault('MSTORE-OBJECT-30/leaves-out-the-size', 'a part has no size', {
    objects: {
      members: changing(({ payloadPart: [part] }) => ({ payloadPart: [{ ...part, size: undefined }] })),
    },
  }),
  fault('MSTORE-OBJECT-30/names-the-unit', 'size ends in the unit', {
    objects: { part: withPart(({ size }) => ({ size: `${size} bytes` })) },
  }),
  fault('MSTORE-OBJECT-32/leaves-out-the-disposition', 'a part has no contentDisposition', {
    objects: {
      members: changing(({ payloadPart: [part] }) => ({
        payloadPart: [{ ...part, contentDisposition: undefined }],
      })),
    },
  }),
  fault('MSTORE-OBJECT-32/leaves-out-the-type', 'contentDisposition is the parameter alone', {
    objects: {
      part: withPart(({ contentDisposition }) => ({
        contentDisposition: contentDisposition.replace('attachment; ', ''),
      })),
    },
  }),
  fault('MSTORE-OBJECT-31/answers-gzip', 'contentEncoding is gzip', {
    objects: { part: withPart(() => ({ contentEncoding: 'gzip' })) },
  }),
  fault('MSTORE-OBJECT-33/names-the-object', 'href is without /payloadParts/part1', {
    objects: { part: withPart(({ href }) => ({ href: href.replace('/payloadParts/part1', '') })) },
  }),
  fault('MSTORE-OBJECT-34/answers-another-id', 'correlationId is no Message-Id', {
    objects: { members: changing(({ path }) => ({ correlationId: path })) },
  }),
  fault(
    'MSTORE-OBJECT-35/answers-an-empty-object',
    'an object that is not there answers 200 and no members',
    {
      status: { 'read-object': { 'unknown-object': 200 } },
      wire: {
        fallback: (outcome) =>
          outcome.operation === 'read-object' && outcome.kind === 'unknown-object'
            ? { kind: 'json', value: { object: {} } }
            : wire.fallback(outcome),
      },
    },
  ),
  fault('MSTORE-OBJECT-36/marks-as-seen', 'reading an object sets \\Seen', {
    objects: { afterReading: (object) => ({ ...object, seen: true }) },
  }),
  fault('MSTORE-OBJECT-40/gives-greetings-an-id-of-its-own', 'Message-Id of greetings is the server’s', {
    objects: { attributes: withValue('Message-Id', (_value, { boundary }) => boundary, 'greetings') },
  }),
  fault('MSTORE-OBJECT-40/numbers-voicemails', 'Message-Id of voicemails is no timestamp', {
    objects: { attributes: withValue('Message-Id', (_value, { boundary }) => boundary, 'voicemails') },
  }),
]

function lacking(name: string): MStorePatch {
  return { objects: { attributes: without(name) } }
}

type AttributesRule = ObjectRules['attributes']

function showing(change: (attributes: Attributes, object: StoredObject) => Attributes): AttributesRule {
  return (own, derived, object) => change(objects.attributes(own, derived, object), object)
}

function without(name: string): AttributesRule {
  return showing((attributes) => new Map([...attributes].filter(([each]) => each !== name)))
}

/** `name`, where it is shown, with another value; of objects of one folder alone where `of` is given. */
function withValue(
  name: string,
  change: (value: string, object: StoredObject) => string,
  of?: FolderName,
): AttributesRule {
  return showing((attributes, object) => {
    const value = attributes.get(name)
    return value === undefined || (of !== undefined && of !== object.folder)
      ? attributes
      : new Map([...attributes, [name, change(value, object)]])
  })
}

/** Shows `name` on objects of a folder that have none by the mStore spec. */
function adding(name: string, value: string, of: FolderName = 'greetings'): MStorePatch {
  const attributes = showing((shown, { folder }) =>
    folder === of ? new Map([...shown, [name, value]]) : shown,
  )
  return { objects: { attributes } }
}

function changing(change: (members: ObjectMembers) => object): ObjectRules['members'] {
  return (members) => ({ ...members, ...change(members) })
}

function valued({ attributes }: ObjectMembers, change: (value: string) => unknown) {
  return attributes.attribute.map(({ name, value }) => ({ name, value: change(value[0]) }))
}

function withPart(change: (part: PayloadPart) => Partial<PayloadPart>): ObjectRules['part'] {
  return (object, href) => {
    const part = objects.part(object, href)
    return { ...part, ...change(part) }
  }
}

/** The path of a URL, from `/oemclient` on. */
function pathIn(url: string): string {
  const parsed = parseResourceUrl(url)
  return parsed.kind === 'parse-error' ? url : parsed.path
}
