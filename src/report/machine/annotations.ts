import { printable } from '#evidence/printable.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Requirement } from '#protocol/register.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { ScenarioOutcome, ScenarioResult } from '#verdict/outcome.ts'
import { rerunCommand, violatedBy } from '../failures.ts'
import { OUTCOME_MARKS, requirementLine } from '../wording.ts'

/** The workflow command that each outcome becomes; null where nothing is said of it. */
const COMMANDS: Readonly<Record<ScenarioOutcome, 'error' | 'warning' | 'notice' | null>> = {
  passed: null,
  failed: 'error',
  'known-deviation': 'notice',
  'unexpected-pass': 'error',
  skipped: null,
  inconclusive: 'warning',
  'harness-error': 'error',
}

/**
 * A workflow command of GitHub Actions for each scenario that did not pass, at its line of the feature: an annotation.
 * Whatever a server said is in it as text alone.
 */
export function annotations(verdicts: Pick<Verdicts, 'scenarios' | 'requirements'>, run: RunRecord): string {
  return verdicts.scenarios
    .map((scenario) => annotation(scenario, { violated: violatedBy(scenario, verdicts), run }))
    .join('')
}

function annotation(
  scenario: ScenarioResult,
  { violated, run }: { readonly violated: Requirement | null; readonly run: RunRecord },
): string {
  const { name, uri, line, outcome, message, failure } = scenario
  const command = COMMANDS[outcome]
  if (command === null) return ''
  const about = failure === null ? OUTCOME_MARKS[outcome].word : failure.requirement
  const asked = violated === null ? [] : [requirementLine(violated)]
  const said = [...asked, message ?? '', rerunCommand(run, scenario)]
    .map((text) => printable(text))
    .join('\n')
  const properties = { file: uri, line: String(line), title: printable(`${about}: ${name}`) }
  const written = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`)
  return `::${command} ${written.join(',')}::${data(said)}\n`
}

/** Text of a command as it is written: what ends a line, or begins an escape, is escaped. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
