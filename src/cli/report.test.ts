import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepRecord } from '../../tests/golden/kept-run.ts'
import { toolVersion } from '#run/tool-version.ts'
import { lockFolder, type WritingProcess } from '#run/folder-lock.ts'
import { goodStep, messageStream, runRecord } from '../../tests/golden/message-stream.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'
import { reportCommand } from './report.ts'

const ID = 'RELAY-MESSAGE-01'
let cwd = ''
let said = ''

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'touchstone-'))
  said = ''
})
afterEach(() => {
  rmSync(cwd, { recursive: true })
})

function environment(writer: WritingProcess = LONE_PROCESS) {
  const stdout = new Writable({
    write: (chunk: Buffer, _, done) => {
      said += chunk.toString()
      done()
    },
  })
  const signal = new AbortController().signal
  const streams = { stdout, stderr: stdout, interactive: false, columns: 80 }
  return { cwd, env: {}, ...streams, interrupted: signal, writer, now: () => 0 }
}

/** A folder with the record of a run of one scenario. */
function recorded(name: string, { line, shard = null }: { line: number; shard?: string | null }): string {
  const scenarios = [{ line, tags: [ID], attempts: [[goodStep(ID)]] }]
  const run = runRecord(scenarios)
  const folder = mkdtempSync(join(cwd, `${name}-`))
  keepRecord(folder, { ...run, selection: { ...run.selection, shard } }, messageStream(scenarios))
  return folder
}

function summary(folder: string): unknown {
  return JSON.parse(readFileSync(join(cwd, folder, 'summary.json'), 'utf8')) as unknown
}

describe('touchstone report', () => {
  test('makes the reports of a run again and exits as the run did', async () => {
    const folder = recorded('run', { line: 3 })
    expect(await reportCommand({ dirs: [folder], out: null }, environment())).toBe(0)
    expect(said).toContain('✓ CONFORMANT')
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(`id="${ID}"`)
  })

  test('says in every format, but in no record, that another version made the run', async () => {
    const scenarios = [{ line: 3, tags: [ID], attempts: [[goodStep(ID)]] }]
    const folder = mkdtempSync(join(cwd, 'run-'))
    keepRecord(
      folder,
      runRecord(scenarios, { tool: { name: 'touchstone', version: '0.0.9' } }),
      messageStream(scenarios),
    )
    expect(await reportCommand({ dirs: [folder], out: 'again' }, environment())).toBe(0)
    const both = `0.0.9, judged by ${toolVersion()}`
    for (const file of ['report.html', 'summary.md', 'junit.xml'])
      expect(readFileSync(join(cwd, 'again', file), 'utf8')).toContain(both)
    expect(summary('again')).toMatchObject({ tool: { version: '0.0.9', judgedBy: toolVersion() } })
    expect(readFileSync(join(cwd, 'again/run.json'), 'utf8')).not.toContain('judgedBy')
    expect(said).toContain(`made by touchstone 0.0.9 and is judged by ${toolVersion()}`)
  })

  test('merges shards into a folder of which reports can be made again', async () => {
    const dirs = [recorded('one', { line: 3, shard: '1/2' }), recorded('two', { line: 9, shard: '2/2' })]
    expect(await reportCommand({ dirs, out: 'whole' }, environment())).toBe(0)
    const merged = summary('whole')
    expect(merged).toMatchObject({
      totals: { scenarios: { selected: 2, passed: 2 } },
      selection: { shard: null },
    })
    expect(await reportCommand({ dirs: ['whole'], out: null }, environment())).toBe(0)
    expect(summary('whole')).toEqual(merged)
  })

  test.each([1, 2])('refuses %i of three shards', async (count) => {
    const dirs = ['1/3', '3/3']
      .slice(0, count)
      .map((shard, line) => recorded('one', { line: line + 1, shard }))
    await expect(reportCommand({ dirs, out: 'whole' }, environment())).rejects.toThrow(
      /^shard 2\/3 is missing: name its folder too$/,
    )
    expect(existsSync(join(cwd, 'whole'))).toBe(false)
  })

  test('refuses a record of which a line was taken out', async () => {
    const folder = recorded('run', { line: 3 })
    const file = join(folder, 'messages.ndjson')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^.*\n/, ''))
    await expect(reportCommand({ dirs: [folder], out: null }, environment())).rejects.toThrow(
      /messages\.ndjson: was edited after the run/,
    )
  })

  test('writes nothing into a folder in which a run is going on', async () => {
    const folder = recorded('run', { line: 3 })
    lockFolder({ path: folder, shown: folder }, { ...LONE_PROCESS, pid: 2 }, 0)
    const beside = { ...LONE_PROCESS, isRunning: () => true }
    await expect(reportCommand({ dirs: [folder], out: null }, environment(beside))).rejects.toThrow(
      /a run is going on in .*, by process 2 /,
    )
    expect(existsSync(join(folder, 'summary.json'))).toBe(false)
  })

  test('with several folders asks where to', async () => {
    await expect(reportCommand({ dirs: ['a', 'b'], out: null }, environment())).rejects.toThrow(
      'report: several folders need --reports DIR',
    )
  })

  test('of a folder without a run says which file is missing', async () => {
    await expect(reportCommand({ dirs: ['nowhere'], out: null }, environment())).rejects.toThrow(
      'nowhere/run.json: cannot be read (there is no such file); expected the folder of a run',
    )
  })

  test('of a folder that cannot be written says why', async () => {
    const folder = recorded('run', { line: 3 })
    writeFileSync(join(cwd, 'taken'), 'a file')
    await expect(reportCommand({ dirs: [folder], out: 'taken' }, environment())).rejects.toThrow(
      'report: cannot write in taken (EEXIST: file already exists); name a folder that can be written',
    )
  })
})
