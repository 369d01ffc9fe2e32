import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { concat, fromHex, toHex } from '../bytes.ts'
import type { AttachmentPointer, GroupContext, PushMessageContent } from './push-message-content.ts'
import {
  END_SESSION,
  GROUP_TYPES,
  decodePushMessageContent,
  encodePushMessageContent,
} from './push-message-content.ts'

const vector = vectors.pushMessageContent
const content: PushMessageContent = {
  body: vector.body,
  attachments: [
    {
      id: BigInt(vector.attachment.id),
      contentType: vector.attachment.contentType,
      key: fromHex(vector.attachment.key),
    },
  ],
  group: {
    id: fromHex(vector.group.id),
    type: vector.group.type,
    name: vector.group.name,
    members: vector.group.members,
  },
  flags: vector.flags,
}

const text = fc.string({ unit: 'grapheme' })
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const pointer: fc.Arbitrary<AttachmentPointer> = fc.record(
  { id: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), contentType: text, key: fc.uint8Array() },
  { requiredKeys: [] },
)
const group: fc.Arbitrary<GroupContext> = fc.record(
  { id: fc.uint8Array(), type: int32, name: text, members: fc.array(text), avatar: pointer },
  { requiredKeys: ['members'] },
)
const anyContent: fc.Arbitrary<PushMessageContent> = fc.record(
  { body: text, attachments: fc.array(pointer, { maxLength: 4 }), group, flags: int32 },
  { requiredKeys: ['attachments'] },
)

function hexOf(part: Partial<PushMessageContent>): string {
  return toHex(encodePushMessageContent({ attachments: [], ...part }))
}

describe('a PushMessageContent', () => {
  test('RELAY-ENCODING-07: is as computed elsewhere, both ways', () => {
    expect(toHex(encodePushMessageContent(content))).toBe(vector.bytes)
    expect(decodePushMessageContent(fromHex(vector.bytes))).toEqual({ kind: 'content', content })
  })

  test.each([
    ['UNKNOWN', '1a021000'],
    ['UPDATE', '1a021001'],
    ['DELIVER', '1a021002'],
    ['QUIT', '1a021003'],
  ] as const)('RELAY-ENCODING-08: with a group of type %s is %s', (name, hex) => {
    const group = { members: [], type: GROUP_TYPES[name] }
    expect(hexOf({ group })).toBe(hex)
    expect(decodePushMessageContent(fromHex(hex))).toEqual({
      kind: 'content',
      content: { attachments: [], group },
    })
  })

  test('RELAY-ENCODING-08: has a group with id 1, type 2, name 3, members 4 and avatar 5', () => {
    const group = { id: fromHex('aa'), type: 1, name: 'n', members: ['m'], avatar: { contentType: 'c' } }
    expect(hexOf({ group })).toBe(['1a10', '0a01aa', '1001', '1a016e', '22016d', '2a03120163'].join(''))
  })

  test('RELAY-ENCODING-09: has an attachment id of 8 bytes, little-endian, exact above 2^53', () => {
    expect(hexOf({ attachments: [{ id: 2n ** 53n + 1n }] })).toBe(`1209${vectors.varints.fixed64Above2to53}`)
    expect(hexOf({ attachments: [{ id: 2n ** 64n - 1n }] })).toBe('120909ffffffffffffffff')
    expect(decodePushMessageContent(fromHex('120909ffffffffffffffff'))).toMatchObject({
      content: { attachments: [{ id: 2n ** 64n - 1n }] },
    })
  })

  test('RELAY-ENCODING-09: with a varint for an attachment id has no id', () => {
    const decoded = decodePushMessageContent(fromHex('12020801'))
    expect(decoded).toHaveProperty('content.attachments.0', {
      unknown: [{ number: 1, kind: 'varint', value: 1n }],
    })
  })

  test('RELAY-ENCODING-10: ends in 2001 when it ends a session', () => {
    expect(END_SESSION).toBe(1)
    expect(hexOf({ flags: END_SESSION })).toBe('2001')
    expect(decodePushMessageContent(fromHex('2001'))).toMatchObject({ content: { flags: END_SESSION } })
  })

  test('RELAY-ENCODING-13: with unknown fields, flags and types at every level is read and kept', () => {
    const odd = { number: 15, kind: 'bytes', value: fromHex('61') } as const
    const unknown = [odd]
    const strange: PushMessageContent = {
      attachments: [{ id: 1n, unknown }],
      group: { members: [], type: 9, avatar: { unknown }, unknown },
      flags: 0,
      unknown,
    }
    expect(decodePushMessageContent(encodePushMessageContent(strange))).toEqual({
      kind: 'content',
      content: strange,
    })
  })

  test('merges a group that comes in two parts', () => {
    const [first, second] = [fromHex('1a021001'), fromHex('1a031a016e')]
    expect(decodePushMessageContent(concat(first, second))).toMatchObject({
      content: { group: { type: 1, name: 'n', members: [] } },
    })
  })

  test.each(['1a020801ff', '1a0210', '0a01ff', '1a031a01ff', '12031201ff', '1a042a021201', '0f'])(
    'is not %s',
    (hex) => {
      expect(decodePushMessageContent(fromHex(hex))).toMatchObject({
        kind: 'parse-error',
        reason: expect.stringContaining('protobuf: '),
      })
    },
  )

  test.prop([anyContent])('round trips, its presence too', (any) => {
    expect(decodePushMessageContent(encodePushMessageContent(any))).toEqual({ kind: 'content', content: any })
  })

  test.prop([fc.uint8Array({ maxLength: 60 })])('is never thrown over', (bytes) => {
    expect(['content', 'parse-error']).toContain(decodePushMessageContent(bytes).kind)
  })
})
