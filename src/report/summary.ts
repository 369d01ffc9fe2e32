import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import type { RequirementResult } from '#verdict/requirement-verdict.ts'
import { failuresOf, type ReportedFailure } from './failures.ts'
import type { Totals } from '#verdict/totals.ts'
import { VERDICT_MARKS, verdictScope } from './wording.ts'

/**
 * A run for programs to read: the content of `summary.json`, of the form of `schemas/summary.json`.
 * Verdicts, numbers, and each scenario and requirement in a line's worth.
 */
export function summarise(verdicts: Verdicts, run: RunRecord) {
  const [target] = run.targets
  return {
    schemaVersion: 1,
    tool: run.tool,
    protocols: run.protocols,
    dialect: run.dialect,
    target: target === undefined ? null : { url: target.url, kind: target.kind },
    targets: run.targets,
    seed: run.seed,
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    selection: { only: run.selection.only, tags: run.selection.tags, shard: run.selection.shard },
    failOn: run.options.failOn,
    requireComplete: run.options.requireComplete,
    allowFlaky: run.options.allowFlaky ?? false,
    minCoverage: run.options.minCoverage ?? null,
    verdict: verdicts.verdict,
    headline: `${VERDICT_MARKS[verdicts.verdict].word}${verdictScope(verdicts, run)}`,
    verdictReasons: verdicts.reasons,
    exitCode: verdicts.exitCode,
    coverage: verdicts.coverage,
    totals: totals(verdicts.totals),
    requirements: verdicts.requirements.map(requirement),
    scenarios: verdicts.scenarios.map(scenarioSummary),
    problems: failuresOf(verdicts, 'failed').map(problem),
    findings: verdicts.findings,
    baseline: run.baseline === null ? null : { file: run.baseline.file, remarks: verdicts.remarks },
    harnessErrors: verdicts.harnessErrors,
    ...(run.walks === undefined ? {} : { walks: run.walks }),
  } as const
}

function problem({ requirement, also, assertion, scenario, others }: ReportedFailure) {
  const { thing, expected, got } = assertion
  const requirements = [requirement, ...also].map(({ id }) => id)
  return { requirements, thing, expected, got, scenarios: [scenario, ...others].length }
}

function totals({ scenarios, requirements, notVerified, exchanges, assertions }: Totals) {
  return {
    scenarios: {
      selected: scenarios.selected,
      passed: scenarios.passed,
      failed: scenarios.failed,
      knownDeviation: scenarios['known-deviation'],
      unexpectedPass: scenarios['unexpected-pass'],
      skipped: scenarios.skipped,
      inconclusive: scenarios.inconclusive,
      harnessError: scenarios['harness-error'],
      flaky: scenarios.flaky,
    },
    requirements: {
      verified: requirements.verified,
      violated: requirements.violated,
      knownDeviation: requirements['known-deviation'],
      notVerified: requirements['not-verified'],
      notVerifiedBy: {
        skipped: notVerified.skipped,
        notSelected: notVerified['not-selected'],
        untestable: notVerified.untestable,
        client: notVerified.client,
        inconclusive: notVerified.inconclusive,
        blocked: notVerified.blocked,
        observed: notVerified.observed,
        harness: notVerified.harness,
        noScenario: notVerified['no-scenario'],
      },
    },
    exchanges,
    assertions,
  }
}

function requirement({ requirement: { id, level, binds }, verdict, reason, scenarios }: RequirementResult) {
  return {
    id,
    level,
    binds,
    verdict,
    reason,
    scenarios: scenarios.map(({ name, uri, line, outcome }) => ({ name, uri, line, outcome })),
  }
}

/** A scenario in the form of `summary.json`. */
export function scenarioSummary(result: ScenarioResult) {
  const { name, uri, line, protocol, feature, rule, requirements, outcome, message, skip } = result
  const {
    failure,
    flaky,
    earlier = null,
    attempts,
    startedAt,
    durationMs,
    assertions,
    exchanges,
    baselineEntry,
  } = result
  return {
    name,
    uri,
    line,
    protocol,
    feature,
    rule,
    requirements,
    outcome,
    message,
    failure:
      failure === null
        ? null
        : {
            requirement: failure.requirement,
            thing: failure.thing,
            expected: failure.expected,
            got: failure.got,
          },
    skip,
    flaky,
    earlier,
    attempts,
    startedAt,
    durationMs,
    assertions,
    exchanges,
    baselineEntry,
  }
}
