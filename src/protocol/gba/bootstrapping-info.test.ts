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

  test('is read without an XML declaration, with white space around it, and with escaped characters', () => {
    const bare = `\n<BootstrappingInfo xmlns='uri:3gpp-gba'><btid>a&lt;&#66;&amp;</btid><lifetime>2030-01-01T00:00:00Z</lifetime></BootstrappingInfo>\n`
    expect(parseBootstrappingInfo(bare)).toEqual({ kind: 'bootstrapping-info', btid: 'a<B&', expiresAt })
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
    [xml.replaceAll('BootstrappingInfo', 'Info'), 'expected BootstrappingInfo'],
    [xml.replace('<BootstrappingInfo', '<!DOCTYPE x><BootstrappingInfo'), 'expected BootstrappingInfo'],
    [xml.replace('<btid>', '<1><btid>'), 'expected BootstrappingInfo'],
    [`<x>${xml.slice(xml.indexOf('<Boot'))}</x>`, 'expected BootstrappingInfo'],
    [xml.replace('uri:3gpp-gba', 'uri:other'), 'expected namespace uri:3gpp-gba, got uri:other'],
    [xml.replace(' xmlns="uri:3gpp-gba"', ''), 'expected namespace uri:3gpp-gba, got none'],
    [
      xml.replace('BootstrappingInfo xmlns=', 'BootstrappingInfo xmlns:b='),
      'expected namespace uri:3gpp-gba',
    ],
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

  test.each([
    ['much text', `<BootstrappingInfo xmlns="uri:3gpp-gba"><btid>${'x'.repeat(8_192)}</btid>`],
    ['many elements', `<BootstrappingInfo xmlns="uri:3gpp-gba">${'<x/>'.repeat(128)}`],
    ['deep nesting', '<BootstrappingInfo xmlns="uri:3gpp-gba">'.concat('<x>'.repeat(1_000_000))],
    ['an entity that grows', '<!DOCTYPE x [<!ENTITY y "zzzz">]>'.concat(xml.replace(btid, '&y;'))],
  ])('is not read where it has %s', (_, text) => {
    expect(parseBootstrappingInfo(text)).toMatchObject({ kind: 'parse-error' })
  })

  test.prop([fc.string(), fc.nat()])('is never thrown over', (noise, at) => {
    const place = at % xml.length
    const spoiled = `${xml.slice(0, place)}<${noise}${xml.slice(place)}`
    expect(['bootstrapping-info', 'parse-error']).toContain(parseBootstrappingInfo(spoiled).kind)
  })
})
