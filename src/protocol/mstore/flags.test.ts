import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { GREETING_ON, KEPT, RECENT, SEEN, flagMistakes, isChangeable, listedFlags } from './flags.ts'

const state = fc.record({ seen: fc.boolean(), kept: fc.boolean(), greetingOn: fc.boolean() })

describe('flags', () => {
  test('are spelled as the mStore spec has them', () => {
    expect(JSON.stringify([SEEN, RECENT, KEPT, GREETING_ON])).toBe(
      '["\\\\Seen","\\\\Recent","$MarkNotToDelete","$CNS-Greeting-On"]',
    )
  })

  test.each([
    [SEEN, 'bulk-update', true],
    [SEEN, 'flag-endpoint', false],
    [GREETING_ON, 'flag-endpoint', true],
    [GREETING_ON, 'bulk-update', false],
    [RECENT, 'bulk-update', false],
    [RECENT, 'flag-endpoint', false],
    [KEPT, 'bulk-update', false],
    [KEPT, 'flag-endpoint', false],
    ['$Nonsense', 'flag-endpoint', false],
    ['\\SEEN', 'bulk-update', false],
  ] as const)('MSTORE-FLAG-25: %s can be changed by %s: %s', (flag, route, changeable) => {
    expect(isChangeable(flag, route)).toBe(changeable)
  })

  test.prop([state])('listed by an object have no mistake', (flags) => {
    expect(flagMistakes(listedFlags(flags))).toEqual([])
    expect(listedFlags(flags).includes(SEEN)).toBe(flags.seen)
    expect(listedFlags(flags).includes(RECENT)).toBe(!flags.seen)
  })

  test.each([
    [[], 'got neither'],
    [[SEEN, RECENT], 'got both'],
    [[SEEN, SEEN], 'got it twice'],
    [[KEPT], 'got neither'],
  ])('%j have a mistake', (flags, reason) => {
    expect(flagMistakes(flags)).toEqual([expect.stringContaining(reason)])
  })
})
