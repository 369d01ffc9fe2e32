import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import type { KeptRun } from '#run/keep-run.ts'
import { judge } from '#verdict/judge.ts'
import {
  badStep,
  goodStep,
  messageStream,
  requirements,
  runRecord,
} from '../../tests/golden/message-stream.ts'
import { baselineOutput, writeEntries } from './baseline-output.ts'

const ID = 'RELAY-MESSAGE-07'
let cwd: string

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'touchstone-entries-'))
})

afterEach(() => {
  rmSync(cwd, { recursive: true, force: true })
})

function ended(step: ReturnType<typeof goodStep>): KeptRun {
  const scenarios = [{ line: 5, name: 'refuses', tags: [ID], attempts: [[step]] }]
  const run = runRecord(scenarios)
  return {
    run,
    verdicts: judge(messageStream(scenarios), run, requirements({ id: ID })),
  } as unknown as KeptRun
}

const ENTRY = `- requirement: ${ID}
  dialect: documented
  expect: expected 409, got 204
  reason: why this deviation is accepted
`

/** What `--write-baseline` says and leaves in `known.yaml`. */
function written(step: ReturnType<typeof goodStep>, baseline?: string) {
  const output = baselineOutput({ writeBaseline: 'known.yaml', baseline }, cwd)
  if (output === null) throw new Error('expected an output')
  const { line } = writeEntries(output, ended(step))
  return { line, text: readFileSync(join(cwd, 'known.yaml'), 'utf8') }
}

describe('--write-baseline', () => {
  it('writes an entry for each new failure to a new file', () => {
    expect(written(badStep(ID))).toEqual({
      line: 'Entries for what is new were written to known.yaml: write a reason into each.',
      text: ENTRY,
    })
  })

  it('writes an empty list where nothing new failed', () => {
    expect(written(goodStep(ID))).toEqual({
      line: 'Nothing new failed: no entry was written to known.yaml.',
      text: '[]\n',
    })
  })

  it.each([
    ['# Ours\n- requirement: RELAY-CODE-01 # why\n', '# Ours\n- requirement: RELAY-CODE-01 # why\n\n'],
    ['# Ours\n[]\n', '# Ours\n\n'],
    ['[]\n', ''],
    ['', ''],
  ])('adds to the end of the baseline of the run, of which all is kept: %j', (before, kept) => {
    writeFileSync(join(cwd, 'known.yaml'), before)
    expect(written(badStep(ID), './known.yaml').text).toBe(`${kept}${ENTRY}`)
  })

  it('leaves the baseline of the run as it is where nothing new failed', () => {
    writeFileSync(join(cwd, 'known.yaml'), '# Ours\n[]')
    expect(written(goodStep(ID), 'known.yaml').text).toBe('# Ours\n[]')
  })

  it('refuses a file that is there and is no baseline of the run', () => {
    writeFileSync(join(cwd, 'known.yaml'), 'mine')
    const refused = () => baselineOutput({ writeBaseline: 'known.yaml', baseline: 'other.yaml' }, cwd)
    expect(refused).toThrow(UsageError)
    expect(refused).toThrow(
      '--write-baseline: known.yaml is there already; expected a new file, or that of --baseline, to which entries are added',
    )
  })

  it('says why a file cannot be written', () => {
    const output = baselineOutput({ writeBaseline: 'none/known.yaml' }, cwd)
    if (output === null) throw new Error('expected an output')
    expect(writeEntries(output, ended(badStep(ID)))).toEqual({
      isWritten: false,
      line: 'could not write none/known.yaml (ENOENT); the entries stand in the report',
    })
  })

  it('is nothing where it is not asked for', () => {
    expect(baselineOutput({}, cwd)).toBeNull()
  })
})

it.each(['  - requirement: RELAY-MESSAGE-08', '[{ requirement: RELAY-MESSAGE-08 }]'])(
  'leaves a baseline as it is to which no entry can be added: %s',
  (text) => {
    writeFileSync(join(cwd, 'known.yaml'), text)
    expect(written(badStep(ID), 'known.yaml')).toEqual({
      line: 'known.yaml: no entry can be added to a list of that form; the entries stand in the report',
      text,
    })
  },
)
