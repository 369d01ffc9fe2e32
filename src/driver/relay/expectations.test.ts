import { describe, expect, it } from 'vitest'
import { EXPECTATIONS, expectedStatuses, toleratedBeside } from './expectations.ts'

describe('expectedStatuses', () => {
  it.each([
    [200, 'code requested', [200], [200]],
    [415, 'unknown transport', [415], [415, 422]],
    [200, 'confirmed', [200], [200, 204]],
    [200, 'push id set', [200], [200, 204]],
    [200, 'push id cleared', [200], [200, 204]],
    [200, 'prekeys stored', [200], [200, 204]],
    [200, 'message accepted', [200], [200, 204]],
    [415, 'malformed JSON', [415], [415, 400]],
    [415, 'wrong media type', [415], [415]],
    [400, 'bad token', [400], [400]],
    [409, 'wrong devices and stale', [409, 410], [409, 410]],
  ] as const)('of %i "%s" are %j documented and %j deployed', (...[status, label, documented, deployed]) => {
    expect(expectedStatuses('documented', status, label)).toEqual(documented)
    expect(expectedStatuses('deployed', status, label)).toEqual(deployed)
  })

  it('are the status itself where there is no label', () => {
    expect(expectedStatuses('documented', 413, null)).toEqual([413])
    expect(expectedStatuses('deployed', 413, null)).toEqual([413])
  })

  it('of a refusal are any from 400 to 499, and some besides where v0.8 answers so', () => {
    expect(toleratedBeside('documented', 'null token')).toEqual([])
    expect(toleratedBeside('deployed', 'null token')).toEqual([500])
    expect(() => toleratedBeside('documented', 'malformed JSON')).toThrow(/expected 415.*got 4xx/)
    expect(() => expectedStatuses('documented', 400, 'null token')).toThrow(/expected 4xx.*got 400/)
  })

  it('throws for a label it does not have, and for a status that is not the relay spec’s', () => {
    expect(() => expectedStatuses('documented', 415, 'malformed json')).toThrow(/got "malformed json"$/)
    expect(() => expectedStatuses('deployed', 400, 'malformed JSON')).toThrow(/expected 415.*got 400/)
  })
})

describe('the table', () => {
  it('has each label once', () => {
    const labels = EXPECTATIONS.map(({ label }) => label)
    expect(new Set(labels).size).toBe(labels.length)
  })

  it.each(EXPECTATIONS)('names an erratum for "$label" exactly where the dialects differ', (row) => {
    const differs = row.deployed.join() !== String(row.documented)
    expect(row.erratum !== null).toBe(differs || 'tolerated' in row)
  })
})
