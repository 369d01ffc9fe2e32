import type { RunRecord } from '#evidence/run-record.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import type { RequirementResult } from './requirement-verdict.ts'

/** How many requirements a run could have checked, and of how many it saw whether they hold. */
export interface Checked {
  readonly checkable: number
  readonly checked: number
}

/** How much of what a run could check it checked: MUSTs and SHOULDs that bind the server and that answers can show. */
export interface RunCoverage extends Checked {
  /** Of the checked ones those that hold. */
  readonly verified: number
  /** Whether the run was asked for a part only; what it left out is not among `checkable` then. */
  readonly isNarrowed: boolean
  /** The MUSTs alone, for each protocol of which there are any. */
  readonly musts: readonly (Checked & { readonly protocol: Protocol })[]
}

/** Counts what a run checked. */
export function coverageOf(run: RunRecord, requirements: readonly RequirementResult[]): RunCoverage {
  const checkable = requirements.filter(isCheckable(run))
  const musts = PROTOCOLS.map((protocol) => ({
    protocol,
    ...count(checkable.filter(({ requirement }) => isMustOf(protocol, requirement))),
  }))
  return {
    ...count(checkable),
    verified: checkable.filter(({ verdict }) => verdict === 'verified').length,
    isNarrowed: isNarrowed(run),
    musts: musts.filter((one) => one.checkable > 0),
  }
}

/** Why a run that came to its end covers less than it should; a line for each protocol. A shard alone need not. */
export function coverageGaps(run: RunRecord, { musts }: RunCoverage): string[] {
  const least = run.options.minCoverage ?? null
  if (least === null || run.selection.shard !== null || run.preflight !== null || run.finishedAt === null)
    return []
  return musts
    .filter(({ checkable, checked }) => checked * 100 < least * checkable)
    .map(({ protocol, checkable, checked }) => {
      const percent = Math.floor((checked * 100) / checkable)
      return `${checked} of ${checkable} testable MUSTs of the ${protocol} checked (${percent} %), and --min-coverage is ${least} %`
    })
}

/** Whether a run could have verified a requirement: no MAY, and what its selection left out is not asked of it. */
export function isCheckable(run: RunRecord): (result: RequirementResult) => boolean {
  const isPart = isNarrowed(run)
  return ({ requirement: { level, binds, untestable }, reason }) =>
    level !== 'MAY' &&
    binds !== 'client' &&
    untestable === null &&
    !(isPart && (reason === 'not-selected' || reason === 'no-scenario'))
}

/** Whether a run was asked for a part of the suite only. */
export function isNarrowed({ selection: { only, tags, shard, isPart = false } }: RunRecord): boolean {
  return isPart || only.length > 0 || tags !== null || shard !== null
}

function isMustOf(protocol: Protocol, { id, level }: RequirementResult['requirement']): boolean {
  return level === 'MUST' && id.startsWith(`${protocol.toUpperCase()}-`)
}

function count(results: readonly RequirementResult[]): Checked {
  return {
    checkable: results.length,
    checked: results.filter(({ verdict }) => verdict !== 'not-verified').length,
  }
}
