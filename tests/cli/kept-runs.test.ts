import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { command } from './in-process.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

const VIOLATED = 'RELAY-CODE-04'
const FAULT = `${VIOLATED}/ignores-case`
const RECORD = ['messages.ndjson', 'run.json', 'ledger.ndjson']

let place: Workplace
let relays: readonly RelayMock[]

beforeAll(async () => {
  place = workplace()
  relays = await Promise.all([startRelayMock(), startRelayMock({ faults: [FAULT] })])
  const runs = relays.map(({ url, control }, index) => {
    const at = ['--url', url, '--control', control, '--reports', ['right', 'wrong'][index] ?? '']
    return touchstone(['verify', 'relay', ...at, '--only', 'RELAY-CODE', '--seed', '7'], { cwd: place.path })
  })
  expect((await Promise.all(runs)).map(({ exitCode }) => exitCode)).toEqual([0, 1])
})

afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.close()))
  place.remove()
})

interface Sections {
  readonly sections: readonly {
    readonly title: string
    readonly table?: { readonly rows: readonly (readonly string[])[] }
  }[]
}

async function sectionsOf(args: readonly string[]): Promise<Sections['sections']> {
  const { stdout } = await command([...args, '--format', 'json'], { cwd: place.path })
  return (JSON.parse(stdout) as Sections).sections.filter(({ title }) => title !== 'Slower')
}

describe('a run with one fault and one without', () => {
  it('differ in that requirement alone, by compare', async () => {
    const [section, ...others] = await sectionsOf(['compare', 'right', 'wrong'])
    expect(others.map(({ title }) => title)).toEqual([])
    expect(section).toMatchObject({ title: 'Newly violated' })
    expect(section?.table?.rows.map(([id]) => id)).toEqual([`${VIOLATED} (MUST)`])
  })

  it('differ in that requirement alone, by matrix', async () => {
    const sections = await sectionsOf(['matrix', 'right', 'wrong'])
    const differing = sections.find(({ title }) => title.startsWith('Requirements'))
    expect(differing?.table?.rows).toEqual([[VIOLATED, '✓ verified', '✗ violated']])
  })

  it.each(['text', 'markdown', 'html', 'json'])(
    'are compared as %s with the exit code of a regression',
    async (format) => {
      const { exitCode, stdout } = await command(['compare', 'right', 'wrong', '--format', format], {
        cwd: place.path,
      })
      expect(exitCode).toBe(1)
      expect(stdout).toContain(VIOLATED)
    },
  )
})

describe('the record of a run', () => {
  /** All files of a folder but the record itself, and what is derived for other programs. */
  async function derived(dir: string): Promise<Readonly<Record<string, string>>> {
    const files = readdirSync(place.file(dir)).filter((name) => !RECORD.includes(name))
    const exported = ['har', 'badge'].map(async (format) => {
      const { stdout } = await command(['export', dir, '--format', format], { cwd: place.path })
      return [format, stdout] as const
    })
    return Object.fromEntries([
      ...files.map((name) => [name, readFileSync(place.file(`${dir}/${name}`), 'utf8')] as const),
      ...(await Promise.all(exported)),
    ])
  }

  it('gives every file of its folder again, byte for byte', async () => {
    await command(['statement', 'wrong', '--claim', 'core'], { cwd: place.path })
    const before = await derived('wrong')
    expect(Object.keys(before).sort()).toEqual([
      ...[
        'badge',
        'har',
        'junit.xml',
        'report.html',
        'statement.json',
        'statement.md',
        'summary.json',
        'summary.md',
      ],
    ])
    cpSync(place.file('wrong'), place.file('again'), { recursive: true })
    for (const name of Object.keys(before)) rmSync(place.file(`again/${name}`), { force: true })
    await command(['report', 'again'], { cwd: place.path })
    await command(['statement', 'again', '--claim', 'core'], { cwd: place.path })
    expect(await derived('again')).toEqual(before)
  })
})
