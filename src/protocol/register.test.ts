import { describe, expect, test } from 'vitest'
import { packagedText } from './package-root.ts'
import { area, isRequirementId, loadRegister, parseRegister, RegisterError } from './register.ts'
import { CAPABILITIES, PROTOCOLS, RISKS } from './requirements.ts'

const mistakesOf = (text: string): readonly string[] => {
  try {
    parseRegister(text, 'r.yaml')
  } catch (error) {
    if (error instanceof RegisterError) return error.message.split('\n')
    throw error
  }
  return []
}

const CLAIM = '{ sentence: s, levels: [MUST], risks: [reads] }'
const REST = `claims: { reads: ${CLAIM}, core: ${CLAIM}, full: ${CLAIM} }\nareas: { CODE: codes }`

const file = (...entries: readonly string[]): string =>
  `protocol: relay\nrequirements:\n${entries.map((entry) => `  - ${entry}\n`).join('')}${REST}`

const row = (id: string, more = ''): string =>
  `{ id: ${id}, level: MUST, binds: server, basis: page, section: s, sentence: t${more} }`

test('a level may differ by dialect', () => {
  const text = file(row('RELAY-CODE-01').replace('MUST', '{ documented: SHOULD, deployed: MAY }'))
  const read = parseRegister(text, 'r.yaml').requirements.get('RELAY-CODE-01')
  expect(read).toMatchObject({ level: 'SHOULD', levels: { documented: 'SHOULD', deployed: 'MAY' } })
})

test('a level for one dialect needs one for the other', () => {
  const text = file(row('RELAY-CODE-01').replace('MUST', '{ deployed: MAY }'))
  expect(mistakesOf(text)).toEqual([
    `r.yaml:3: requirements/0/level: must have required property 'documented'`,
  ])
})

test('a register is loaded with the levels of a dialect', () => {
  for (const { level, levels } of loadRegister('relay', 'deployed').requirements.values())
    expect(level).toBe(levels.deployed)
  expect(loadRegister('relay', 'deployed')).toBe(loadRegister('relay', 'deployed'))
})

describe('the registers that ship', () => {
  test.each([
    ['relay', 245],
    ['mstore', 387],
  ] as const)('that of %s has no fewer than %i requirements, of every level', (protocol, least) => {
    const { requirements } = loadRegister(protocol)
    const levels = new Set([...requirements.values()].map(({ level }) => level))
    expect(requirements.size).toBeGreaterThanOrEqual(least)
    expect(levels).toEqual(new Set(['MUST', 'SHOULD', 'MAY']))
  })

  test.each(PROTOCOLS)('those of %s name the areas of their requirements, and no others', (protocol) => {
    const { areas, requirements } = loadRegister(protocol)
    const used = new Set([...requirements.keys()].map(area))
    expect(Object.keys(areas).sort()).toEqual([...used].sort())
  })

  test('a requirement reads as the file says, with what it leaves out filled in', () => {
    const { requirements } = loadRegister('relay')
    const { words, ...filled } = requirements.get('RELAY-CODE-04') ?? { words: undefined }
    expect(words === null || typeof words === 'string').toBe(true)
    expect(filled).toEqual({
      id: 'RELAY-CODE-04',
      level: 'MUST',
      levels: { documented: 'MUST', deployed: 'MUST' },
      binds: 'server',
      basis: 'page',
      section: 'Request a verification code',
      sentence: 'A transport other than `sms` or `voice` returns 415.',
      exactStatus: true,
      needs: [],
      risks: ['sends'],
      errata: ['E-07', 'E-09'],
      tests: [],
      untestable: null,
    })
    expect(requirements.get('RELAY-VERIFY-28')).toMatchObject({ exactStatus: false, risks: ['reads'] })
  })

  test('are read once', () => {
    expect(loadRegister('relay')).toBe(loadRegister('relay'))
  })

  test.each(PROTOCOLS)('the errata that %s names are in docs/clarifications.md', (protocol) => {
    const title = { relay: 'Relay', mstore: 'mStore' }[protocol]
    const part = packagedText('docs/clarifications.md')
      .split(/^## /m)
      .find((text) => text.startsWith(`${title}\n`))
    const named = [...loadRegister(protocol).requirements.values()].flatMap(({ errata }) => errata)
    const missing = [...new Set(named)].filter((erratum) => part?.includes(`### ${erratum}: `) !== true)
    expect(missing).toEqual([])
  })
})

describe('a register file that cannot be used', () => {
  test('a good one has no mistake', () => {
    expect(mistakesOf(file(row('RELAY-CODE-01'), row('RELAY-CODE-02', ', needs: [pushes]')))).toEqual([])
  })

  test('names every mistake at once, each with its line', () => {
    const text = file(
      row('RELAY-CODE-02', ', needs: [telepathy]'),
      row('RELAY-CODE-01', ', colour: red'),
      row('MSTORE-CODE-03', ', risks: [bores]').replace('MUST', 'OUGHT'),
    )
    expect([...mistakesOf(text)].sort()).toEqual([
      'r.yaml:3: requirements/0/needs/0: expected one of ' + CAPABILITIES.join(', ') + ', got "telepathy"',
      'r.yaml:4: requirement RELAY-CODE-01: expected a number above that of RELAY-CODE-02',
      'r.yaml:4: requirements/1: unknown key colour',
      'r.yaml:5: requirement MSTORE-CODE-03: expected an id that starts with RELAY-',
      'r.yaml:5: requirements/2/level: expected one of MUST, SHOULD, MAY, got "OUGHT"',
      'r.yaml:5: requirements/2/risks/0: expected one of ' + RISKS.join(', ') + ', got "bores"',
    ])
  })

  test('a requirement without a sentence', () => {
    expect(mistakesOf(file(row('RELAY-CODE-01').replace(', sentence: t', '')))).toEqual([
      "r.yaml:3: requirements/0: must have required property 'sentence'",
    ])
  })

  test('an id twice', () => {
    expect(mistakesOf(file(row('RELAY-CODE-01'), row('RELAY-CODE-01')))).toEqual([
      'r.yaml:4: requirement RELAY-CODE-01: the id occurs twice',
    ])
  })

  test('no YAML', () => {
    expect(mistakesOf('protocol: relay\nrequirements: [')[0]).toMatch(/^r\.yaml:2: /)
  })

  test('a key twice', () => {
    expect(mistakesOf('protocol: relay\nprotocol: relay\nrequirements: []')[0]).toMatch(
      /^r\.yaml:2: .*unique/,
    )
  })

  test('another protocol, and nothing at all', () => {
    expect(mistakesOf(file(row('RELAY-CODE-01')).replace('relay', 'gopher'))).toContain(
      'r.yaml:1: protocol: expected one of relay, mstore, got "gopher"',
    )
    expect(mistakesOf('')).toEqual(['r.yaml:1: the register: must be object, got null'])
  })
})

test('the area is what is between protocol and number', () => {
  expect(area('RELAY-MESSAGE-07')).toBe('MESSAGE')
  expect(area('nonsense')).toBe('')
})

test.each(['RELAY-MESSAGE-07', 'MSTORE-URL-21', 'RELAY-NOWHERE-99'])('%s is formed like an id', (text) => {
  expect(isRequirementId(text)).toBe(true)
})

test.each(['RELAY-MESSAGE-7', '@RELAY-MESSAGE-07', 'relay-message-07', 'RELAY-07', 'destroys', ''])(
  '%j is not',
  (text) => {
    expect(isRequirementId(text)).toBe(false)
  },
)
