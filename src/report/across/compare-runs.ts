import type { RunRecord } from '#evidence/run-record.ts'
import { REGRESSIONS, requirementChanges, type RequirementChange } from './changes.ts'
import type { NamedRun } from './named-run.ts'
import { scenarioChanges, type ScenarioChanges } from './scenario-changes.ts'

/** Two runs side by side: what the later one says otherwise. */
export interface RunComparison {
  readonly before: NamedRun
  readonly after: NamedRun
  /** Lines on what the runs do not have in common, so that a change may come from there. */
  readonly cautions: readonly string[]
  readonly requirements: readonly RequirementChange[]
  readonly scenarios: ScenarioChanges
  /**
   * Whether the later run is worse: no longer conformant, not at its end, a requirement newly violated or no longer
   * verified, or an assertion lost.
   */
  readonly regressed: boolean
}

/** Compares two runs of the same protocols. */
export function compareRuns(before: NamedRun, after: NamedRun): RunComparison {
  const requirements = requirementChanges(before, after)
  const scenarios = scenarioChanges(before, after)
  return {
    before,
    after,
    cautions: cautions(before.run, after.run),
    requirements,
    scenarios,
    regressed:
      endsWorse(before, after) ||
      requirements.some(({ kind }) => REGRESSIONS.includes(kind)) ||
      scenarios.lostAssertions.length > 0,
  }
}

/** Whether the earlier run was conformant and the later is not, or did not come to its end. */
function endsWorse(before: NamedRun, after: NamedRun): boolean {
  return after.run.finishedAt === null || (before.verdicts.exitCode === 0 && after.verdicts.exitCode !== 0)
}

const KINDS: Readonly<Record<RunRecord['targets'][number]['kind'], string>> = {
  bundled: 'a bundled mock',
  deployment: 'a deployment',
}

/** What should be the same in two runs that are compared, by the name it has in a caution. */
const SAME: Readonly<Record<string, (run: RunRecord) => string>> = {
  'version of Touchstone': ({ tool }) => tool.version,
  dialect: ({ dialect }) => dialect,
  'kind of server': ({ targets }) => targets.map(({ kind }) => KINDS[kind]).join(', '),
  selection: ({ selection }) => [...selection.only, selection.tags ?? ''].join(' ').trim() || 'everything',
  baseline: ({ baseline }) => baseline?.file ?? 'none',
}

function cautions(before: RunRecord, after: RunRecord): readonly string[] {
  return Object.entries(SAME).flatMap(([name, of]) =>
    of(before) === of(after) ? [] : [`not the same ${name}: ${of(before)} before, ${of(after)} after`],
  )
}
