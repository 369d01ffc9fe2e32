import { jsonDocument, jsonText } from '#evidence/json-text.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { scenarioSummary, summarise } from '../summary.ts'
import { annotations } from './annotations.ts'
import type { RunFormat } from './run-formats.ts'

/** What programs read of a run, piece by piece; each piece may be empty. */
export interface MachineOutput {
  readonly begin: (run: RunRecord) => string
  readonly scenario: (result: ScenarioResult) => string
  readonly end: (verdicts: Verdicts, run: RunRecord) => string
}

/** What is written of a run in each format: JSON is the content of `summary.json`; of text it is nothing. */
export const MACHINE_OUTPUTS: Readonly<Record<RunFormat, MachineOutput>> = {
  text: { begin: nothing, scenario: nothing, end: nothing },
  json: {
    begin: nothing,
    scenario: nothing,
    end: (verdicts, run) => inert(jsonDocument(summarise(verdicts, run))),
  },
  ndjson: {
    begin: ({ targets, dialect, seed, selection }) =>
      line('run', { targets, dialect, seed, scenarios: selection.scenarios.length }),
    scenario: (result) => line('scenario', scenarioSummary(result)),
    end: (verdicts, run) => {
      const { verdict, headline, verdictReasons, exitCode, coverage, totals } = summarise(verdicts, run)
      return line('verdict', { verdict, headline, verdictReasons, exitCode, coverage, totals })
    },
  },
  github: { begin: nothing, scenario: nothing, end: annotations },
}

function nothing(): string {
  return ''
}

function line(kind: string, content: object): string {
  return `${inert(jsonText({ kind, ...content }))}\n`
}

/** The same JSON, without what a log of GitHub Actions takes for a command wherever it stands. */
function inert(json: string): string {
  return json.replaceAll('##[', '#\\u0023[')
}
