import { Writable } from 'node:stream'
import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { ScenarioOutcome, ScenarioResult } from '#verdict/outcome.ts'
import { createProgress, type ProgressMode } from './progress.ts'

const result = (feature: string, outcome: ScenarioOutcome, message: string | null = null) =>
  ({ feature, outcome, name: 'a scenario', durationMs: 12.4, message }) as ScenarioResult

/** Plays a run of two features, in which each scenario takes `stepMs`, and returns what was written. */
function played(mode: ProgressMode, stepMs = 1000, columns = 60): string {
  let written = ''
  let clock = 0
  const stdout = new Writable({
    write: (chunk, _encoding, done) => {
      written += String(chunk)
      done()
    },
  })
  const progress = createProgress({
    mode,
    features: ['Codes', 'Codes', 'A feature with a name that is longer than its line has room for'],
    output: { stdout, columns },
    colours: pc.createColors(false),
    now: () => clock,
  })
  const scenario = (feature: string, outcome: ScenarioOutcome, message: string | null = null) => {
    progress.begin(feature)
    clock += stepMs
    progress.end(result(feature, outcome, message))
  }
  scenario('Codes', 'passed')
  scenario('Codes', 'failed', 'status: expected 200, got \u001b[31m500')
  scenario('A feature with a name that is longer than its line has room for', 'skipped')
  progress.close()
  return written
}

describe('createProgress', () => {
  it('is silent where it is quiet', () => {
    expect(played('quiet')).toBe('')
  })

  it('prints a line for each feature that is over, where the output is piped', () => {
    expect(played('plain')).toBe(
      'Codes: 1 passed, 1 failed\nA feature with a name that is longer than its line has room for: 1 skipped\n',
    )
  })

  it('says that it goes on, where a feature takes long', () => {
    expect(played('plain', 10_000).split('\n')[0]).toBe('1/3 after 10.0 s')
  })

  it('keeps one line up to date on a terminal, within its columns, and takes it away', () => {
    const lines = played('live').split('\r\u001b[2K')
    expect(lines.every((line) => line.length < 60 && !line.includes('\n'))).toBe(true)
    expect(lines).toContain('2/3  1 problem  2.0 s  Codes')
    expect(lines).toContain('3/3  1 problem  3.0 s  A feature with a name that is longer')
    expect(lines.at(-1)).toBe('')
  })

  it('prints each scenario, and what is wrong with it in printable characters, where it is verbose', () => {
    expect(played('verbose').split('\n')).toEqual([
      'passed          Codes: a scenario (12 ms)',
      'failed          Codes: a scenario (12 ms)',
      '  status: expected 200, got \\u{1b}[31m500',
      'skipped         A feature with a name that is longer than its line has room for: a scenario (12 ms)',
      '',
    ])
  })
})
