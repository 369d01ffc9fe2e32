import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { attachmentDisposition, safeFileName } from './dispositions.ts'
import { OBJECT_ATTRIBUTES, objectAttributeMistakes } from './object-attributes.ts'
import { objectMembers, readObject } from './objects.ts'

/** The values of the mStore spec's sample (section "objects"). */
const SAMPLE: Readonly<Record<string, string>> = {
  'content-duration': '5',
  'Content-Transfer-Encoding': 'base64',
  'content-type': 'multipart/mixed; boundary="====outer123=="',
  date: '2024-01-01T00:00:00Z',
  Direction: 'In',
  expires: '2024-04-01T00:00:00Z',
  from: '11234567890@tmo.com',
  importance: 'normal',
  'message-context': 'voice-message',
  'Message-Id': '2024-01-01T00:00:00Z-conn:0123456789abcdef',
  'mime-version': '1.0',
  'return-number': '11234567890@tmo.com',
  sensitivity: 'personal',
  sourcenode: 'VMAS',
  subject: 'custom greeting',
  to: '11234567890',
  'x-cns-greeting-type': 'normal-greeting',
}

function attributesOf(folder: 'voicemails' | 'greetings'): Map<string, string> {
  const own = OBJECT_ATTRIBUTES.filter(({ on }) => on === 'both' || on === folder)
  return new Map(own.map(({ name }) => [name, SAMPLE[name] ?? '']))
}

const part = {
  contentType: 'audio/amr',
  size: '1234',
  contentEncoding: 'base64',
  contentDisposition: 'attachment; filename="voicemail-20240101000000.amr"',
  href: 'h',
}
const object = {
  parentFolder: 'p',
  attributes: attributesOf('voicemails'),
  flags: ['\\Seen'],
  flagsURL: 'u/flags',
  resourceURL: 'u',
  path: '/VV-Mail/Inbox/18',
  payloadURL: 'u/payload',
  payloadPart: part,
  correlationId: 'c',
}
const members = objectMembers(object)

describe('an object', () => {
  test('is read as it is written', () => {
    expect(readObject(JSON.parse(JSON.stringify(members)))).toEqual({ kind: 'object', ...object })
    expect(members.payloadPart).toEqual([part])
  })

  test('MSTORE-OBJECT-39: without flags has none, and does without what no client reads', () => {
    const { attributes, resourceURL, payloadPart } = members
    expect(readObject({ attributes, resourceURL, payloadPart })).toMatchObject({
      kind: 'object',
      flags: [],
      flagsURL: null,
      parentFolder: null,
      path: null,
      payloadURL: null,
      correlationId: null,
    })
  })

  test.each(Object.keys(SAMPLE))('MSTORE-OBJECT-37: without the attribute %s is read', (name) => {
    const attribute = members.attributes.attribute.filter((item) => item.name !== name)
    expect(readObject({ ...members, attributes: { attribute } })).toMatchObject({ kind: 'object' })
  })

  test.each([
    [null, 'expected an object'],
    [{ ...members, attributes: undefined }, 'attributes: expected a list'],
    [{ ...members, resourceURL: 1 }, 'expected resourceURL'],
    [{ ...members, payloadPart: [] }, 'expected one payloadPart'],
    [{ ...members, payloadPart: [part, part] }, 'expected one payloadPart'],
    [{ ...members, payloadPart: [{ ...part, size: 1234 }] }, 'expected one payloadPart'],
    [{ ...members, flags: { flag: '\\Seen' } }, 'expected flags.flag to be a list of texts'],
  ])('is not %j', (value, reason) => {
    expect(readObject(value)).toEqual({ kind: 'parse-error', reason: expect.stringContaining(reason) })
  })
})

describe('the attributes of an object', () => {
  test('are those of the mStore spec', () => {
    expect(OBJECT_ATTRIBUTES.map(({ name }) => name)).toEqual(Object.keys(SAMPLE))
  })

  test('of the sample have no mistake', () => {
    expect(objectAttributeMistakes('voicemails', attributesOf('voicemails'))).toEqual([])
    const greeting = attributesOf('greetings').set('message-context', 'x-voice-grtng').set('x-unknown', '')
    expect(objectAttributeMistakes('greetings', greeting)).toEqual([])
  })

  test('MSTORE-OBJECT-38: may have a number with or without a domain, but not in the field to', () => {
    const values = attributesOf('voicemails')
    expect(objectAttributeMistakes('voicemails', values.set('from', '11234567890'))).toEqual([])
    expect(objectAttributeMistakes('voicemails', values.set('to', '11234567890@tmo.com'))).toEqual([
      'to: expected another form, got "11234567890@tmo.com"',
    ])
  })

  test.each([
    ['content-duration', '5.0'],
    ['content-type', 'multipart'],
    ['date', '2024-01-01'],
    ['expires', 'never'],
    ['message-context', 'fax'],
    ['mime-version', '1.1'],
    ['importance', ''],
  ])('with %s %j have a mistake', (name, value) => {
    expect(objectAttributeMistakes('voicemails', attributesOf('voicemails').set(name, value))).toEqual([
      `${name}: expected another form, got ${JSON.stringify(value)}`,
    ])
  })

  test('of the other folder, or missing, have a mistake', () => {
    const values = attributesOf('voicemails').set('subject', 'x')
    values.delete('sourcenode')
    expect(objectAttributeMistakes('voicemails', values)).toEqual([
      'sourcenode: expected a value, got none',
      'subject: expected none in voicemails, got one',
    ])
  })
})

describe('a disposition', () => {
  test('is as the mStore spec shows', () => {
    expect(attachmentDisposition('voicemail-20240101000000.amr')).toBe(part.contentDisposition)
  })

  test.prop([fc.stringMatching(/^[A-Za-z0-9 "';._-]+$/).filter((name) => !/^\.{1,2}$/.test(name))])(
    'gives the file name back',
    (name) => {
      expect(safeFileName(attachmentDisposition(name))).toBe(name)
    },
  )

  test.each(['../../x', 'a/b.amr', '..', '.', 'a\\b', 'a\u0000b', ''])(
    'MSTORE-PAYLOAD-13: gives no file name of %j',
    (name) => {
      expect(safeFileName(attachmentDisposition(name))).toBeNull()
    },
  )

  test.each(['', 'attachment', 'attachment; filename=', '; filename="x"'])(
    'without a name gives none: %j',
    (text) => {
      expect(safeFileName(text)).toBeNull()
    },
  )
})
