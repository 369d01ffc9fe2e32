import { describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { parseBaseline } from './baseline-file.ts'

const NAMES = {
  requirements: new Set(['RELAY-MESSAGE-07', 'RELAY-CODE-01']),
  scenarios: new Set(['reports extra devices']),
}

const parse = (text: string) => parseBaseline(text, 'known.yaml', NAMES)

describe('parseBaseline', () => {
  it('reads entries as they are written', () => {
    const text = `
- requirement: RELAY-MESSAGE-07
  dialect: deployed
  expect: got 404
  reason: Reported upstream.
  issue: https://example.org/1
  until: 2030-01-31
- scenario: reports extra devices
  expect: got 200
  reason: The same.
`
    expect(parse(text)).toEqual({
      file: 'known.yaml',
      entries: [
        {
          requirement: 'RELAY-MESSAGE-07',
          dialect: 'deployed',
          expect: 'got 404',
          reason: 'Reported upstream.',
          issue: 'https://example.org/1',
          until: '2030-01-31',
        },
        { scenario: 'reports extra devices', expect: 'got 200', reason: 'The same.' },
      ],
    })
  })

  it('takes a requirement and a scenario at once', () => {
    const both = { requirement: 'RELAY-CODE-01', scenario: 'reports extra devices' }
    const text = '- {requirement: RELAY-CODE-01, scenario: reports extra devices, expect: got 404, reason: b}'
    expect(parse(text).entries).toEqual([{ ...both, expect: 'got 404', reason: 'b' }])
  })

  it.each([
    'got 404',
    'expected 401, got no-answer',
    'got none',
    'expected ‹token of Bob›, got ‹text›',
    'expected a boolean, got no',
    'expected 1, got -',
  ])('takes what says what was got: %s', (expected) => {
    const { entries } = parse(`- requirement: RELAY-CODE-01\n  reason: b\n  expect: '${expected}'`)
    expect(entries[0]?.expect).toBe(expected)
  })

  it('takes an empty list', () => {
    expect(parse('[]').entries).toEqual([])
  })

  it.each([
    [
      'unknown id',
      '- {requirement: RELAY-MESSAGE-70, expect: got 404, reason: b}',
      /^known\.yaml:1: unknown requirement RELAY-MESSAGE-70; did you mean RELAY-MESSAGE-07\?$/,
    ],
    [
      'unknown scenario',
      '-\n  scenario: reports extra device\n  expect: got 404\n  reason: b',
      /^known\.yaml:2: no scenario is named "reports extra device"; did you mean reports extra devices\?$/,
    ],
    [
      'neither',
      '- {expect: got 404, reason: b}',
      /^known\.yaml:1: entry 1: expected requirement, scenario or both$/,
    ],
    ...['expected', 'expected 401', 'got', 'expected 401, got', 'got a', '40', 'forgot 404', 'got "'].map(
      (expected): [string, string, RegExp] => [
        `expectation that says nothing of what was got: ${expected}`,
        `- requirement: RELAY-CODE-01\n  reason: b\n  expect: '${expected}'`,
        /^known\.yaml:3: expected what was got, as in "expected 401, got 200"; got ".*", which any failure may fit$/,
      ],
    ),
    ...['why this deviation is accepted', ' Why this deviation is accepted'].map(
      (reason): [string, string, RegExp] => [
        `reason that is the printed one: ${reason}`,
        `- requirement: RELAY-CODE-01\n  expect: got 404\n  reason: "${reason}"`,
        /^known\.yaml:3: expected a reason of your own, got the one that was printed$/,
      ],
    ),
    [
      'no reason',
      '- {requirement: RELAY-CODE-01, expect: got 404}',
      /^known\.yaml:1: entry 1: reason is missing$/,
    ],
    [
      'empty expectation',
      '- {requirement: RELAY-CODE-01, expect: "", reason: b}',
      /^known\.yaml:1: entry 1: expect: /,
    ],
    [
      'unknown key',
      '- {requirement: RELAY-CODE-01, expect: got 404, reason: b, untill: 2030-01-01}',
      /entry 1: untill: unknown key; did you mean until\?$/,
    ],
    [
      'date',
      '- {requirement: RELAY-CODE-01, expect: got 404, reason: b, until: tomorrow}',
      /entry 1: until: expected a date, YYYY-MM-DD/,
    ],
    ['form', 'requirement: RELAY-CODE-01', /^known\.yaml:1: expected array, got object$/],
    ['empty file', '', /^known\.yaml:1: expected array, got nothing$/],
    ['YAML', '- [', /^known\.yaml:\d+: /],
    [
      'duplicate',
      '- {requirement: RELAY-CODE-01, expect: got 404, reason: b}\n- {requirement: RELAY-CODE-01, expect: got 404, reason: c}',
      /^known\.yaml:2: the same as entry 1; remove one$/,
    ],
  ])('refuses a wrong %s at its line', (_, text, message) => {
    expect(() => parse(text)).toThrow(UsageError)
    expect(() => parse(text)).toThrow(message)
  })

  it('reports all errors at once, a line each', () => {
    const text =
      '- {requirement: NONE, expect: got 404, reason: b}\n- {scenario: none, expect: got 404, reason: b}'
    expect(() => parse(text)).toThrow(/^known\.yaml:1: .*\nknown\.yaml:2: .*$/)
  })
})
