import { CapabilityFailure, MissingCapability } from '#driver/capabilities/failures.ts'
import type { Target } from '#driver/target.ts'
import { UndoRegister } from '#steps/shared/support/undo-register.ts'
import type { DoctorCheck, Diagnosed, Learned, CheckOutcome } from './check.ts'

/** What the checks so far came to. */
interface Examination<Whole extends Target, Facts> {
  readonly undo: UndoRegister
  readonly target: Whole
  readonly facts: Learned<Facts>
  /** The checks that went well, or whose problem is known and mended. */
  readonly settled: ReadonlySet<string>
}

/** What was found, in the order of the checks, and the target as its file ought to describe it. */
export interface ExaminedTarget<Whole extends Target> {
  readonly findings: readonly Diagnosed[]
  readonly target: Whole
  /** The checks that went well, or whose problem is known and mended. */
  readonly settled: ReadonlySet<string>
}

/** What is done around each check. */
export interface ExamineOptions {
  /** Handed each finding as it is there. */
  readonly onResult: (finding: Diagnosed) => void
  /** Aborted when no further check is to begin. */
  readonly interrupted: AbortSignal
}

/**
 * Looks at a target, one check after the other. A check whose needs are not settled is not tried, and neither is one that
 * does what the target does not allow. Where a problem shows what the target file ought to say, the checks behind it
 * go on as if it did. What the checks have changed is put back at the end, however it came; what could not be is a finding.
 */
export async function examine<Whole extends Target, Facts>(
  target: Whole,
  checks: readonly DoctorCheck<Whole, Facts>[],
  { onResult, interrupted }: ExamineOptions,
): Promise<ExaminedTarget<Whole>> {
  const findings: Diagnosed[] = []
  const found = (finding: Diagnosed): void => {
    findings.push(finding)
    onResult(finding)
  }
  const undo = new UndoRegister()
  let state: Examination<Whole, Facts> = { undo, target, facts: {}, settled: new Set() }
  try {
    for (const each of checks) {
      if (interrupted.aborted) break
      const { finding, next } = await tried(each, state)
      found(finding)
      state = next
    }
  } finally {
    for (const left of await undo.undoAll()) found({ kind: 'note', name: 'left behind', said: left })
  }
  return { findings, target: state.target, settled: state.settled }
}

async function tried<Whole extends Target, Facts>(
  each: DoctorCheck<Whole, Facts>,
  state: Examination<Whole, Facts>,
): Promise<{ readonly finding: Diagnosed; readonly next: Examination<Whole, Facts> }> {
  const { name } = each
  const why = hindrance(each, state)
  if (why !== null) return { finding: { kind: 'untried', name, said: why }, next: state }
  const idle = each.idle?.(state.target) ?? null
  if (idle !== null) {
    const next = { ...state, settled: new Set([...state.settled, name]) }
    return { finding: { kind: 'note', name, said: idle }, next }
  }
  const seen = await looked(each, state)
  return { finding: findingOf(each, seen), next: after(each, seen, state) }
}

/** Why a check is not tried; null where it may be. */
function hindrance<Whole extends Target, Facts>(
  { needs, risks }: DoctorCheck<Whole, Facts>,
  { target, settled }: Examination<Whole, Facts>,
): string | null {
  const missing = needs.filter((need) => !settled.has(need))
  if (missing.length > 0) return `not tried: needs ${missing.join(', ')}`
  const refused = risks.filter((risk) => !target.allow.includes(risk))
  if (refused.length > 0) return `not tried: needs --allow ${risks.join(',')}`
  return null
}

/** What the check saw; a capability that fails where no check foresees it is a note, not our own failure. */
async function looked<Whole extends Target, Facts>(
  { run }: DoctorCheck<Whole, Facts>,
  { target, facts, undo }: Examination<Whole, Facts>,
): Promise<CheckOutcome<Whole, Facts, string>> {
  try {
    return await run(target, facts, undo)
  } catch (error) {
    if (error instanceof MissingCapability) return { kind: 'note', said: `needs ${error.enable}` }
    if (error instanceof CapabilityFailure) return { kind: 'note', said: error.message }
    throw error
  }
}

function findingOf<Whole extends Target, Facts>(
  { name, advice }: DoctorCheck<Whole, Facts>,
  seen: CheckOutcome<Whole, Facts, string>,
): Diagnosed {
  if (seen.kind !== 'wrong') return { kind: seen.kind, name, said: seen.said }
  const { code, got, value = '' } = seen
  const given = advice[code]
  if (given === undefined) throw new Error(`${name}: expected advice for ${code}, got none`)
  const { blame, at } = given
  if (typeof got === 'string') return { kind: 'wrong', name, blame, at, got, todo: given.todo(value) }
  return { kind: 'wrong', name, blame, at, got: got.got, todo: got.todo ?? given.todo(value) }
}

function after<Whole extends Target, Facts>(
  { name }: DoctorCheck<Whole, Facts>,
  seen: CheckOutcome<Whole, Facts, string>,
  { undo, target, facts, settled }: Examination<Whole, Facts>,
): Examination<Whole, Facts> {
  const learned = seen.kind === 'note' ? {} : (seen.learned ?? {})
  const mended = seen.kind === 'wrong' ? seen.mended : undefined
  const isSettled = seen.kind === 'well' || mended !== undefined
  return {
    undo,
    target: mended ?? target,
    facts: { ...facts, ...learned },
    settled: isSettled ? new Set([...settled, name]) : settled,
  }
}
