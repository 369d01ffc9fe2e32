import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { encodeBase64 } from '../base64.ts'
import { concat, toHex, utf8 } from '../bytes.ts'
import { parsePayload } from './payload.ts'

/** Any frame by its length and first byte. */
const frame = fc
  .integer({ min: 1, max: 5 })
  .chain((blocks) => fc.uint8Array({ minLength: 26 + 16 * blocks, maxLength: 26 + 16 * blocks }))
  .map((rest) => concat(Uint8Array.of(1), rest))

describe('a payload', () => {
  test('RELAY-PUSH-01: of three blocks needs no padding, of two it does', () => {
    expect(parsePayload(vectors.frames.sha1Payload)).toMatchObject({ form: 'whole' })
    expect(parsePayload(vectors.shortFrame.sha1Payload)).toMatchObject({ form: 'padded' })
    expect(parsePayload(vectors.shortFrame.sha1Payload.replace('=', ''))).toMatchObject({ form: 'unpadded' })
  })

  test.prop([frame])('is distinguished by how it was written', (bytes) => {
    const padded = encodeBase64(bytes, { padded: true })
    const unpadded = encodeBase64(bytes, { padded: false })
    const isWhole = padded === unpadded
    expect(parsePayload(padded)).toEqual({ kind: 'payload', form: isWhole ? 'whole' : 'padded', bytes })
    expect(parsePayload(unpadded)).toEqual({ kind: 'payload', form: isWhole ? 'whole' : 'unpadded', bytes })
    expect(parsePayload(toHex(bytes))).toEqual({ kind: 'payload', form: 'hex', bytes })
    expect(parsePayload(toHex(bytes).toUpperCase())).toEqual({ kind: 'payload', form: 'hex', bytes })
    for (const inner of [padded, unpadded]) {
      const twice = encodeBase64(utf8(inner), { padded: false })
      expect(parsePayload(twice)).toEqual({ kind: 'payload', form: 'double-encoded', bytes })
    }
  })

  test.prop([frame])('in the URL-safe alphabet is reported where it shows', (bytes) => {
    const marked = concat(bytes, Uint8Array.of(0xfb, 0xff, 0xfe))
    const text = encodeBase64(marked, { padded: true }).replaceAll('+', '-').replaceAll('/', '_')
    const shows = /[-_]/.test(text)
    expect(parsePayload(text)).toMatchObject({ form: shows ? 'url-safe' : expect.any(String), bytes: marked })
  })

  test.each(['', ' AA', '{"m":"AA"}', 'A', 'AA\n', '!!!!', '-_-_='])('is not %j', (text) => {
    expect(parsePayload(text)).toMatchObject({
      kind: 'parse-error',
      reason: expect.stringContaining('payload'),
    })
  })

  test.prop([fc.string({ unit: 'binary' })])('is never thrown over', (text) => {
    expect(['payload', 'parse-error']).toContain(parsePayload(text).kind)
  })
})
