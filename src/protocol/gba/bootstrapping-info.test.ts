import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/gba.json' with { type: 'json' }
import { formatBootstrappingInfo, parseBootstrappingInfo } from './bootstrapping-info.ts'

const { xml, btid, expiresAt } = vectors.bootstrappingInfo

describe('the answer of a bootstrapping server', () => {
  test('MSTORE-GBA-19: is as the standard lays it out', () => {
    expect(formatBootstrappingInfo({ btid, expiresAt })).toBe(xml)
    expect(parseBootstrappingInfo(xml)).toEqual({ kind: 'bootstrapping-info', btid, expiresAt })
  })

  test('is read with a prefix, an offset and further elements', () => {
    const prefixed =
      '<b:BootstrappingInfo xmlns:b="uri:3gpp-gba"><b:x/><b:lifetime>2030-01-01T01:00:00+01:00</b:lifetime>' +
      `<b:btid>\n${btid}\n</b:btid></b:BootstrappingInfo>`
    expect(parseBootstrappingInfo(prefixed)).toEqual({ kind: 'bootstrapping-info', btid, expiresAt })
  })

  test.prop([fc.string({ minLength: 1 }), fc.integer({ min: 0, max: 4_000_000_000 })])(
    'survives its XML, the lifetime to the second',
    (text, seconds) => {
      const name = `x${text}x`
      expect(
        parseBootstrappingInfo(formatBootstrappingInfo({ btid: name, expiresAt: seconds * 1000 + 1 })),
      ).toEqual({
        kind: 'bootstrapping-info',
        btid: name,
        expiresAt: seconds * 1000,
      })
    },
  )

  test.each([
    ['', 'expected BootstrappingInfo'],
    ['{"btid":"x"}', 'expected BootstrappingInfo'],
    [xml.replace('uri:3gpp-gba', 'uri:other'), 'expected namespace uri:3gpp-gba'],
    [xml.replace(/<btid>.*<\/btid>/, ''), 'expected btid, got none'],
    [xml.replace(btid, ''), 'expected btid, got none'],
    [
      xml.replace('2030-01-01T00:00:00Z', '3600'),
      'expected a lifetime such as 2030-01-01T00:00:00Z, got "3600"',
    ],
    [
      xml.replace(/<lifetime>.*<\/lifetime>/, ''),
      'expected a lifetime such as 2030-01-01T00:00:00Z, got null',
    ],
  ])('MSTORE-GBA-19: is not %j', (text, reason) => {
    expect(parseBootstrappingInfo(text)).toEqual({
      kind: 'parse-error',
      reason: expect.stringContaining(reason),
    })
  })
})
