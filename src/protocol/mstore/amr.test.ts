import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { concat, utf8 } from '../bytes.ts'
import { PACKAGE_ROOT } from '../package-root.ts'
import type { AmrFile } from './amr.ts'
import { durationSeconds, makeAmr, parseAmr } from './amr.ts'

const greeting = new Uint8Array(readFileSync(join(PACKAGE_ROOT, 'fixtures/amr/greeting.amr')))

function walked(file: Uint8Array): AmrFile {
  const read = parseAmr(file)
  if (read.kind === 'parse-error') throw new Error(read.reason)
  return read
}

describe('an AMR file', () => {
  test('made elsewhere has as many frames as went in', () => {
    expect(greeting).toHaveLength(999)
    expect(walked(greeting)).toEqual({ kind: 'amr', band: 'narrow', frames: 50, durationMs: 1000 })
    expect(makeAmr(50, [0, 1, 2, 3, 4, 5, 6, 7])).toEqual(greeting)
  })

  test.each([
    [0, 13],
    [1, 14],
    [2, 16],
    [3, 18],
    [4, 20],
    [5, 21],
    [6, 27],
    [7, 32],
  ])('has frames of mode %i with %i bytes', (mode, bytes) => {
    expect(makeAmr(10, [mode])).toHaveLength(6 + 10 * bytes)
    expect(walked(makeAmr(10, [mode])).frames).toBe(10)
  })

  test.prop([fc.nat(100), fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 15), { minLength: 1 })])(
    'sounds 20 ms for each frame, of whatever mode',
    (frames, modes) => {
      expect(walked(makeAmr(frames, modes)).durationMs).toBe(frames * 20)
    },
  )

  test.prop([fc.integer({ min: 1, max: 998 })])(
    'cut short is a parse error, except between two frames',
    (length) => {
      const read = parseAmr(greeting.subarray(0, length))
      const frames = read.kind === 'amr' ? read.frames : 0
      expect(read.kind).toBe(
        makeAmr(frames, [0, 1, 2, 3, 4, 5, 6, 7]).length === length ? 'amr' : 'parse-error',
      )
    },
  )

  test('MSTORE-PAYLOAD-07: may be wide-band', () => {
    const frame = new Uint8Array(61)
    frame[0] = (8 << 3) | 4
    expect(walked(concat(utf8('#!AMR-WB\n'), frame, frame))).toMatchObject({ band: 'wide', frames: 2 })
  })

  test.each([
    ['', 'expected #!AMR'],
    ['#!AMR', 'expected #!AMR'],
    ['RIFF', 'expected #!AMR'],
    ['#!AMR\n\u00ff', 'expected a frame, got a header of 255 at byte 6'],
    ['#!AMR\n\u005c', 'expected a frame, got a header of 92 at byte 6'],
    ['#!AMR\n\u0005', 'expected a frame, got a header of 5 at byte 6'],
    ['#!AMR\n\u0004', 'expected 19 bytes, got 7 with frame 0 cut short'],
    ['#!AMR_MC1.0\n', 'expected #!AMR'],
  ])('is not %j', (text, reason) => {
    expect(parseAmr(new Uint8Array(Buffer.from(text, 'latin1')))).toEqual({
      kind: 'parse-error',
      reason: expect.stringContaining(reason),
    })
  })

  test.each([
    [0, 0],
    [1, 1],
    [50, 1],
    [51, 2],
    [250, 5],
  ])('of %i frames sounds %i s', (frames, seconds) => {
    expect(durationSeconds(walked(makeAmr(frames)))).toBe(seconds)
  })

  test('is not made of a mode that there is not', () => {
    expect(() => makeAmr(1, [9])).toThrow('AMR mode: expected 0 to 8 or 15, got 9')
  })
})
