import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepRecord } from '../../tests/golden/kept-run.ts'
import {
  badStep,
  goodStep,
  messageStream,
  runRecord,
  type ScriptedStep,
} from '../../tests/golden/message-stream.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'
import { putAside } from '#run/earlier-reports.ts'
import { compareCommand, matrixCommand, trendCommand } from './across-runs.ts'

const ID = 'RELAY-MESSAGE-01'
let cwd = ''
let said = ''
const stdout = new Writable({
  write: (chunk: Buffer, _, done) => {
    said += chunk.toString()
    done()
  },
})

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'touchstone-'))
  said = ''
  recorded('green', goodStep(ID))
  recorded('red', badStep(ID))
  recorded('other', goodStep(ID), ['mstore'])
})
afterEach(() => {
  rmSync(cwd, { recursive: true })
})

/** A folder with the record of a run of one scenario. */
function recorded(
  name: string,
  step: ScriptedStep,
  protocols: readonly ('relay' | 'mstore')[] = ['relay'],
): void {
  const scenarios = [{ line: 1, tags: [ID], attempts: [[step]] }]
  mkdirSync(join(cwd, name))
  keepRecord(join(cwd, name), runRecord(scenarios, { protocols }), messageStream(scenarios))
}

const shown = (): Parameters<typeof compareCommand>[1] => ({ cwd, stdout, stderr: stdout, columns: 80 })

describe('touchstone compare', () => {
  test('ends with 1 where the later run is worse, else with 0', () => {
    expect(compareCommand({ dirs: ['green', 'red'], format: 'text' }, shown())).toBe(1)
    expect(said).toContain(`✗ Worse: 1 requirement newly violated`)
    expect(compareCommand({ dirs: ['red', 'green'], format: 'text' }, shown())).toBe(0)
    expect(said).toContain(`✓ No worse: 1 requirement fixed`)
  })

  test('refuses runs of other protocols', () => {
    expect(() => compareCommand({ dirs: ['green', 'other'], format: 'text' }, shown())).toThrow(
      'compare: expected two runs of the same protocols, got relay and mstore',
    )
  })

  test('takes no earlier run for the last one, which can still be looked at', () => {
    putAside({ path: join(cwd, 'red'), shown: 'red' }, LONE_PROCESS, 0)
    const asked = { dirs: ['green', 'red'], format: 'text' } as const
    const why = 'red: holds the record of an earlier run, for the last command was refused; take .earlier off'
    expect(() => compareCommand(asked, shown())).toThrow(why)
    expect(trendCommand(asked, shown())).toBe(0)
    expect(said).toContain(
      'touchstone: red holds the record of an earlier run, for the last command was refused\n',
    )
    expect(said).toContain('2. red: non-conformant')
  })

  test('takes no shard for a run', () => {
    const scenarios = [{ line: 1, tags: [ID], attempts: [[goodStep(ID)]] }]
    const run = runRecord(scenarios)
    mkdirSync(join(cwd, 'shard'))
    const part = { ...run, selection: { ...run.selection, shard: '1/2' } }
    keepRecord(join(cwd, 'shard'), part, messageStream(scenarios))
    expect(() => compareCommand({ dirs: ['green', 'shard'], format: 'text' }, shown())).toThrow(
      'shard: expected a whole run, got shard 1/2; merge the shards first: touchstone report',
    )
  })

  test('of a folder without a run says which file is missing', () => {
    expect(() => compareCommand({ dirs: ['green', 'nowhere'], format: 'text' }, shown())).toThrow(
      'nowhere/run.json: cannot be read (there is no such file)',
    )
  })
})

test('touchstone matrix and trend show runs beside each other and end with 0', () => {
  expect(matrixCommand({ dirs: ['green', 'red'], format: 'markdown' }, shown())).toBe(0)
  expect(said).toContain(`| ${ID} | ✓ verified | ✗ violated |`)
  expect(trendCommand({ dirs: ['green', 'red'], format: 'text' }, shown())).toBe(0)
  expect(said).toContain('✓✗')
})

test('touchstone matrix and trend need two runs', () => {
  expect(() => matrixCommand({ dirs: ['green'], format: 'text' }, shown())).toThrow(
    'matrix: expected the folders of two runs or more, got 1',
  )
  expect(() => trendCommand({ dirs: [], format: 'text' }, shown())).toThrow('got 0')
})
