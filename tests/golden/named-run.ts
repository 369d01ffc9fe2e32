import type { RunRecord } from '#evidence/run-record.ts'
import type { NamedRun } from '#report/across/named-run.ts'
import { judge } from '#verdict/judge.ts'
import { messageStream, requirements, runRecord, type ScriptedScenario } from './message-stream.ts'

/** The requirements that `namedRun` judges. */
const REQUIREMENTS = requirements(
  { id: 'RELAY-MESSAGE-01' },
  { id: 'RELAY-MESSAGE-02', level: 'SHOULD' },
  { id: 'RELAY-PUSH-01' },
)

/** A run of scripted scenarios, judged for three requirements of two areas. */
export function namedRun(
  name: string,
  scenarios: readonly ScriptedScenario[],
  changes: Partial<RunRecord> = {},
): NamedRun {
  const run = runRecord(scenarios, changes)
  return { name, run, verdicts: judge(messageStream(scenarios), run, REQUIREMENTS) }
}
