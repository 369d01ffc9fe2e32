import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isClaimed } from '#protocol/claims.ts'
import { loadRegister } from '#protocol/register.ts'
import { signatureOf } from '#report/statement/signature.ts'
import { schemaValidator } from '#protocol/schema-validator.ts'
import { toolVersion } from '#run/tool-version.ts'
import { keepRecord } from '../../tests/golden/kept-run.ts'
import {
  badStep,
  goodStep,
  messageStream,
  runRecord,
  type ScriptedStep,
} from '../../tests/golden/message-stream.ts'
import { checkCommand } from './statement-check.ts'
import { keygenCommand, signCommand } from './statement-keys.ts'
import { statementCommand } from './statement.ts'

const { requirements, claims } = loadRegister('relay')
const CORE = [...requirements.values()]
  .filter((one) => claims.core !== undefined && isClaimed(one, claims.core))
  .map(({ id }) => id)

let cwd = ''
let said = ''
const stdout = new Writable({
  write: (chunk: Buffer, _, done) => {
    said += chunk.toString()
    done()
  },
})
const shown = (): { cwd: string; stdout: Writable; columns: number } => ({ cwd, stdout, columns: 80 })

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'touchstone-'))
  said = ''
  recorded('green', goodStep)
})
afterEach(() => {
  rmSync(cwd, { recursive: true })
})

/** A folder with the record of a run in which every scenario for the least that a relay claims is one step. */
function recorded(
  name: string,
  step: (id: string) => ScriptedStep,
  changes: Parameters<typeof runRecord>[1] = {},
): void {
  const scenarios = CORE.map((id, index) => ({ line: index + 1, tags: [id], attempts: [[step(id)]] }))
  mkdirSync(join(cwd, name))
  const tool = { name: 'touchstone', version: toolVersion() } as const
  keepRecord(join(cwd, name), runRecord(scenarios, { tool, ...changes }), messageStream(scenarios))
}

const text = (name: string): string => readFileSync(join(cwd, name), 'utf8')
const write = (name: string, content: string): void => {
  writeFileSync(join(cwd, name), content)
}

describe('touchstone statement', () => {
  test('says what a run shows, in JSON by its schema and in Markdown', async () => {
    expect(await statementCommand({ dir: 'green', claim: 'core' }, shown())).toBe(0)
    const statement = JSON.parse(text('green/statement.json')) as { claims: readonly object[] }
    const conforms = schemaValidator('statement')
    expect(conforms(statement) ? [] : conforms.errors).toEqual([])
    expect(statement).toMatchObject({ claimed: 'core', targets: [{ protocol: 'relay' }] })
    expect(statement.claims[0]).toMatchObject({ claim: 'core', shown: true, lacking: [] })
    expect(statement.claims[1]).toMatchObject({ claim: 'full', shown: false })
    expect(text('green/statement.md')).toContain(
      `- ✓ relay core is shown: ${CORE.length} of ${CORE.length} requirements verified`,
    )
    expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('ends with 1 where the run does not show what is claimed, and says what is lacking', async () => {
    recorded('red', badStep)
    expect(await statementCommand({ dir: 'red', claim: 'core' }, shown())).toBe(1)
    expect(said).toContain(`relay core is not shown: 0 of ${CORE.length}`)
    expect(said).toContain('What relay core lacks:')
    expect(await statementCommand({ dir: 'green', claim: 'full' }, shown())).toBe(1)
  })

  test.each<[string, Parameters<typeof runRecord>[1]]>([
    ['a target that accepted everything at its end', { recheck: 'it accepted all' }],
    ['an error of the harness', { harnessErrors: ['it accepted all'] }],
  ])('shows nothing of a run with %s, and says why', async (_, changes) => {
    recorded('doubtful', goodStep, changes)
    expect(await statementCommand({ dir: 'doubtful', claim: 'core' }, shown())).toBe(1)
    expect(said).toContain('✗ relay core is not shown: ')
    expect(said).toContain('✗ nothing is shown, whatever was verified: it accepted all')
    const statement = JSON.parse(text('doubtful/statement.json')) as { claims: readonly object[] }
    const conforms = schemaValidator('statement')
    expect(conforms(statement) ? [] : conforms.errors).toEqual([])
    expect(statement).toMatchObject({ doubt: 'it accepted all' })
    expect(statement.claims[0]).toMatchObject({ claim: 'core', shown: false, lacking: [] })
  })

  test('of the same record is the same, byte for byte', async () => {
    await statementCommand({ dir: 'green' }, shown())
    const files = ['green/statement.json', 'green/statement.md']
    const before = files.map(text)
    await statementCommand({ dir: 'green' }, shown())
    expect(files.map(text)).toEqual(before)
  })

  test('is not made of a claim that the protocol has not', async () => {
    await expect(statementCommand({ dir: 'green', claim: 'reads' }, shown())).rejects.toThrow(
      '--claim reads: expected a claim of the relay, one of core, full',
    )
  })

  test('is not made of a run that did not come to its end', async () => {
    recorded('killed', goodStep, { finishedAt: null })
    await expect(statementCommand({ dir: 'killed' }, shown())).rejects.toThrow(
      'killed: expected a run that came to its end, got one that did not',
    )
  })
})

describe('a signed statement', () => {
  beforeEach(async () => {
    await keygenCommand({ key: 'a.pem' }, shown())
    await statementCommand({ dir: 'green', claim: 'core' }, shown())
    await signCommand({ dir: 'green', key: 'a.pem' }, shown())
    said = ''
  })

  const checked = (key = 'a.pem.pub'): number => checkCommand({ dir: 'green', key }, shown())

  test('holds, by the public key', () => {
    expect(checked()).toBe(0)
    expect(said).toBe(`✓ signed with a.pem.pub
✓ the record is the one that the statement rests on
✓ it says what the record shows
`)
    expect(statSync(join(cwd, 'a.pem')).mode & 0o777).toBe(0o600)
  })

  test('is refused with any byte changed', () => {
    const original = text('green/statement.json')
    for (const at of [0, 100, Math.floor(original.length / 2), original.length - 1]) {
      const other = String.fromCharCode(original.charCodeAt(at) ^ 1)
      write('green/statement.json', original.slice(0, at) + other + original.slice(at + 1))
      expect(checked()).toBe(1)
    }
    expect(said).toContain('✗ refused: green: the statement is not what was signed with a.pem.pub')
  })

  test('is refused by another key', async () => {
    await keygenCommand({ key: 'b.pem' }, shown())
    expect(checked('b.pem.pub')).toBe(1)
  })

  test.each(['run.json', 'messages.ndjson'])('is refused where %s was edited', (name) => {
    write(`green/${name}`, `${text(`green/${name}`)}\n`)
    expect(checked()).toBe(1)
    expect(said).toContain(`✗ refused: green/${name}: is not the file that the statement rests on`)
  })

  test.each<[what: string, edit: (statement: string) => string, why: string]>([
    [
      'says other than its record',
      (statement) => statement.replace('"shown": false', '"shown": true'),
      'the statement does not say what its record shows',
    ],
    [
      'says so in the name of another version',
      (statement) => statement.replace(toolVersion(), '0.0.1').replace('"shown": false', '"shown": true'),
      `the statement says that it is of touchstone 0.0.1, and its record is of ${toolVersion()}`,
    ],
    ['is no statement', () => '{}', 'is no statement'],
  ])('is not made where it %s, and is refused', async (_, edit, why) => {
    const forged = edit(text('green/statement.json'))
    const before = text('green/statement.json.sig')
    write('green/statement.json', forged)
    expect(await signCommand({ dir: 'green', key: 'a.pem' }, shown())).toBe(1)
    expect(said).toMatch(/^✗ not signed: green/)
    expect(said).toContain(why)
    expect(text('green/statement.json.sig')).toBe(before)
    write('green/statement.json.sig', signatureOf(forged, text('a.pem'), 'a.pem'))
    said = ''
    expect(checked()).toBe(1)
    expect(said).toContain(why)
  })

  test('of a record of another version is not judged again, which ends with 3', async () => {
    recorded('older', goodStep, { tool: { name: 'touchstone', version: '0.0.1' } })
    await statementCommand({ dir: 'older' }, shown())
    expect(await signCommand({ dir: 'older', key: 'a.pem' }, shown())).toBe(0)
    said = ''
    expect(checkCommand({ dir: 'older', key: 'a.pem.pub' }, shown())).toBe(3)
    expect(said).toContain(
      `○ not judged again: the record is of touchstone 0.0.1, and this is ${toolVersion()}`,
    )
  })
})

describe('what is missing or no key is a usage error of one line', () => {
  test('no statement, no signature', async () => {
    await keygenCommand({ key: 'a.pem' }, shown())
    await expect(signCommand({ dir: 'green', key: 'a.pem' }, shown())).rejects.toThrow(
      'green/statement.json: cannot be read (there is no such file); touchstone statement green makes one',
    )
    await statementCommand({ dir: 'green' }, shown())
    expect(() => checkCommand({ dir: 'green', key: 'a.pem' }, shown())).toThrow(
      'green/statement.json.sig: cannot be read (there is no such file)',
    )
  })

  test('a file that is no key, a public key to sign with', async () => {
    await keygenCommand({ key: 'a.pem' }, shown())
    await statementCommand({ dir: 'green' }, shown())
    await expect(signCommand({ dir: 'green', key: 'a.pem.pub' }, shown())).rejects.toThrow(
      '--key a.pem.pub: expected a private Ed25519 key in PEM form without a passphrase, got something else',
    )
    write('none.pem', 'none')
    await expect(signCommand({ dir: 'green', key: 'none.pem' }, shown())).rejects.toThrow('--key none.pem')
  })

  test('keygen writes over nothing', async () => {
    await keygenCommand({ key: 'a.pem' }, shown())
    const key = text('a.pem')
    await expect(keygenCommand({ key: 'a.pem' }, shown())).rejects.toThrow(
      '--key a.pem: is there already; name another file',
    )
    expect(text('a.pem')).toBe(key)
  })
})
