import { describe, expect, it } from 'vitest'
import { buildData, keptOrMade } from '#protocol/built-data.ts'
import { featureData, featuredProtocols, loadFeatures, parseFeature } from './features.ts'

const FEATURE = `@area
Feature: Codes
  Background:
    Given a number

  Scenario: first
    When asked

  Rule: A code is six digits

    @RELAY-CODE-01
    Scenario Outline: <transport> code
      When asked by <transport>

      @writes
      Examples:
        | transport |
        | sms       |
        | voice     |
`

describe('parseFeature', () => {
  it('finds each scenario and each row of examples at its line', () => {
    expect(parseFeature(FEATURE, 'features/relay/codes.feature')).toEqual([
      {
        protocol: 'relay',
        uri: 'features/relay/codes.feature',
        location: 'features/relay/codes.feature:6',
        line: 6,
        name: 'first',
        tags: ['area'],
        feature: 'Codes',
        rule: null,
        steps: ['a number', 'asked'],
      },
      {
        protocol: 'relay',
        uri: 'features/relay/codes.feature',
        location: 'features/relay/codes.feature:18',
        line: 18,
        name: 'sms code',
        tags: ['area', 'RELAY-CODE-01', 'writes'],
        feature: 'Codes',
        rule: 'A code is six digits',
        steps: ['a number', 'asked by sms'],
      },
      expect.objectContaining({ line: 19, name: 'voice code' }),
    ])
  })

  it('names file and line of what is no Gherkin', () => {
    expect(() =>
      parseFeature('Feature: a\n  nonsense here\n  Scenario: b\n    Given c\n    Oops', 'features/x.feature'),
    ).toThrow(/^features\/x\.feature is no Gherkin: \(5:/)
  })
})

it('finds the scenarios of the package, each at a place of its own', () => {
  const scenarios = loadFeatures('relay')
  expect(new Set(scenarios.map(({ location }) => location)).size).toBe(scenarios.length)
  expect(scenarios.length).toBeGreaterThan(0)
})

it('knows which protocols have features', () => {
  expect(featuredProtocols()).toContain('relay')
  expect(featuredProtocols('/nonexistent')).toEqual([])
})

describe.each(featuredProtocols())('the features of the %s', (protocol) => {
  it('are brought back by a build as they were read', () => {
    const data = featureData(protocol)
    expect(keptOrMade(buildData(data).text, data)).toEqual(keptOrMade(null, data))
  })
})
