import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { loadRegister, type Requirement } from '#protocol/register.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { allRows, bindsServer } from './requirement-rows.ts'
import { requirementsCommand, type RequirementsOptions } from './requirements.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function printed(options: Partial<RequirementsOptions>): Promise<string> {
  const chunks: string[] = []
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString())
      done()
    },
  })
  const environment = {
    cwd: folder,
    env: {},
    stdout,
    stderr: stdout,
    interactive: false,
    columns: 80,
    interrupted: new AbortController().signal,
  }
  const code = await requirementsCommand({ action: 'list', json: false, ...options }, environment)
  expect(code).toBe(0)
  return chunks.join('')
}

describe('list', () => {
  test('groups by area, wraps at 80 columns and marks what does not bind the server', async () => {
    const text = await printed({ protocol: 'relay', area: 'verify' })
    const lines = text.split('\n')
    expect(lines[0]).toMatch(/^relay VERIFY \(\d+\)$/)
    expect(lines[1]).toBe('  RELAY-VERIFY-01  MUST    Confirming with the right code, a well-formed header')
    expect(text).toContain('  RELAY-VERIFY-28  SHOULD  (client) The password is 16 random ASCII bytes')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('without a filter has every requirement', async () => {
    const text = await printed({})
    const sizes = PROTOCOLS.map((protocol) => loadRegister(protocol).requirements.size)
    expect(text.match(/^ {2}(RELAY|MSTORE)-/gm)).toHaveLength(sizes.reduce((left, right) => left + right))
  })

  test.each(['RELAY-PUSH', 'push', 'RELAY-PUSH-01'])('takes %s alone', async (term) => {
    const { requirements } = JSON.parse(await printed({ term, json: true })) as {
      requirements: { id: string }[]
    }
    expect(requirements[0]?.id).toBe('RELAY-PUSH-01')
    expect(requirements.every(({ id }) => id.startsWith('RELAY-PUSH-'))).toBe(true)
  })

  test('takes an area by its whole name', async () => {
    expect(await printed({ area: 'RELAY-PUSH' })).toBe(await printed({ area: 'PUSH' }))
  })

  test('refuses a term that names nothing', async () => {
    await expect(printed({ term: 'RELAY-PUHS' })).rejects.toThrow(
      /^requirements RELAY-PUHS: .*; did you mean RELAY-PUSH\?$/,
    )
    await expect(printed({ term: 'PUSH', protocol: 'mstore' })).rejects.toThrow(/: it is of relay, /)
  })

  test('filters add up, in any case', async () => {
    const text = await printed({ protocol: 'MSTORE', level: 'may', binds: 'Server', json: true })
    const { requirements } = JSON.parse(text) as { requirements: { id: string; level: string }[] }
    const rows = [...loadRegister('mstore').requirements.values()]
    const wanted = rows.filter(({ level, binds }) => level === 'MAY' && binds === 'server')
    expect(requirements.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
    expect(new Set(requirements.map(({ level }) => level))).toEqual(new Set(['MAY']))
  })

  test('as JSON has stable keys', async () => {
    const { requirements } = JSON.parse(await printed({ json: true })) as { requirements: object[] }
    const keys = new Set(requirements.map((one) => Object.keys(one).sort().join(' ')))
    expect([...keys]).toEqual([
      'area basis binds errata exactStatus id level levels needs protocol risks section sentence tests untestable words',
    ])
  })

  test('of a claim has what a server that makes it is held to', async () => {
    const { requirements } = JSON.parse(await printed({ claim: 'reads', json: true })) as {
      requirements: readonly Requirement[]
    }
    expect(requirements.length).toBeGreaterThan(0)
    expect(requirements.every(({ level, risks }) => level === 'MUST' && risks.join() === 'reads')).toBe(true)
  })

  test('a filter that leaves nothing is a usage error with a suggestion', async () => {
    await expect(printed({ area: 'PUHS' })).rejects.toThrow(/^--area "PUHS": .*; did you mean PUSH\?$/)
    await expect(printed({ area: 'NOPE' })).rejects.toThrow(/^--area "NOPE": there is no such area$/)
    await expect(printed({ protocol: 'mstore', area: 'PUSH' })).rejects.toThrow(
      /^--area "PUSH": no requirement has it and all else that is asked for/,
    )
    await expect(printed({ area: 'AUTH', level: 'OUGHT' })).rejects.toThrow(
      /there is no such level; expected (MUST|SHOULD|MAY)( or (MUST|SHOULD|MAY)){2}$/,
    )
  })
})

describe('show', () => {
  test('says all there is, with scenarios and clarifications', async () => {
    const text = await printed({ action: 'show', term: 'relay-code-04' })
    expect(text).toContain('RELAY-CODE-04  MUST\n\n  A transport other than `sms` or `voice` returns 415.\n')
    expect(text).toContain('Level      A server that does otherwise is non-conformant')
    expect(text).toContain('Status     exactly the one named\n')
    expect(text).toMatch(/\n {2}features\/relay\/codes\.feature:\d+ \S/)
    expect(text).toContain('\n  E-09: The status of a bad transport\n')
  })

  test('as JSON', async () => {
    const card = JSON.parse(await printed({ action: 'show', term: 'MSTORE-FLAG-26', json: true })) as object
    expect(card).toMatchObject({ id: 'MSTORE-FLAG-26', area: 'FLAG', scenarios: [], clarifications: [] })
    expect(card).toHaveProperty('untestable', expect.stringContaining('telephone call'))
  })

  test('an unknown id suggests one that is near; none asks for one', async () => {
    await expect(printed({ action: 'show', term: 'RELAY-MESAGE-07' })).rejects.toThrow(
      /^requirement "RELAY-MESAGE-07": expected an id of the register; did you mean RELAY-MESSAGE-07\?$/,
    )
    await expect(printed({ action: 'show', term: 'x' })).rejects.toThrow(/requirements list/)
    await expect(printed({ action: 'show' })).rejects.toThrow(UsageError)
  })
})

describe('coverage', () => {
  const summary = (requirements: object): Promise<void> =>
    writeFile(join(folder, 'summary.json'), JSON.stringify({ requirements }))

  test('without a run says so and how to make one', async () => {
    const text = await printed({ action: 'coverage', protocol: 'relay' })
    expect(text).toMatch(/^relay CODE +\d+ +\d+ +\d+ +- +- +- +-$/m)
    expect(text).toContain('No run in reports/: nothing is verified yet. Make one with touchstone verify')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('is computed from what ran', async () => {
    await summary([
      { id: 'RELAY-CODE-01', verdict: 'verified' },
      { id: 'RELAY-CODE-02', verdict: 'violated' },
      { id: 'RELAY-CODE-03', verdict: 'known-deviation' },
      { id: 'RELAY-CODE-13', verdict: 'verified' },
    ])
    const text = await printed({ action: 'coverage', reports: '.' })
    const rows = allRows().filter(({ protocol }) => protocol === 'relay')
    const codes = rows.filter(({ area }) => area === 'CODE')
    const testable = codes.filter(bindsServer).length
    const counts = (wanted: string): string => `${wanted} +1 +1 +1 +${testable - 3}$`
    expect(text).toMatch(new RegExp(`^relay CODE +${counts(`${codes.length} +${testable} +\\d+`)}`, 'm'))
    expect(text).toMatch(new RegExp(`^relay, all +${rows.length} +\\d+ +\\d+ +1 +1 +1 +\\d+$`, 'm'))
    expect(text).toMatch(/^mstore FLAG +\d+ +\d+ +\d+ +- +- +- +-$/m)
  })

  test('is that of an earlier run where the last command was refused', async () => {
    await writeFile(join(folder, 'summary.json.earlier'), JSON.stringify({ requirements: [] }))
    expect(await printed({ action: 'coverage', reports: '.' })).toContain(
      'the summary\nof the earlier run in ./.',
    )
  })

  test('as JSON', async () => {
    await summary([{ id: 'RELAY-CODE-01', verdict: 'verified' }])
    const text = await printed({ action: 'coverage', reports: '.', term: 'RELAY-CODE', json: true })
    expect(JSON.parse(text)).toEqual({
      reports: '.',
      areas: [
        {
          protocol: 'relay',
          area: 'CODE',
          requirements: expect.any(Number),
          testable: expect.any(Number),
          withScenario: expect.any(Number),
          unseen: 0,
          heldByTests: 0,
          run: { verified: 1, violated: 0, 'known-deviation': 0, 'not-verified': expect.any(Number) },
        },
      ],
    })
  })

  test('a folder that was named and has no run, or no summary of one, is a usage error', async () => {
    await expect(printed({ action: 'coverage', reports: 'nowhere' })).rejects.toThrow(/^--reports nowhere: /)
    await summary({})
    await expect(printed({ action: 'coverage', reports: '.' })).rejects.toThrow(/no list of requirements/)
    await summary([{ id: 'RELAY-CODE-01' }])
    await expect(printed({ action: 'coverage', reports: '.' })).rejects.toThrow(UsageError)
  })
})
