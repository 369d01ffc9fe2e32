import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { LEDGER_MODE } from '#driver/ledger.ts'
import type { LedgerChange, LedgerLine, LedgerTarget } from '#evidence/ledger-line.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { Protocol } from '#protocol/requirements.ts'

/** The name of the ledger in a folder of reports. */
export const LEDGER_NAME = 'ledger.ndjson'

/** A change that a run did not put back, and how its target was named. */
export interface PendingChange {
  readonly id: string
  readonly change: LedgerChange
  readonly protocol: Protocol
  readonly named: LedgerTarget
}

/** What a ledger says of the run that begins it. */
export type LedgerRun = Omit<Extract<LedgerLine, { readonly kind: 'run' }>, 'kind'>

/**
 * Begins the ledger of a run in `path`; what an earlier run left there to be put back stays, and is returned. Throws
 * where the file cannot be written or is no ledger.
 */
export function beginLedger(path: string, run: LedgerRun): readonly PendingChange[] {
  const left = existsSync(path) ? pendingChanges(readFileSync(path, 'utf8'), path) : []
  if (left.length === 0) rmSync(path, { force: true })
  appendFileSync(path, `\n${JSON.stringify({ kind: 'run', ...run })}\n`, { mode: LEDGER_MODE })
  return left
}

/**
 * The changes that the ledger `text` has and that were not undone, the last first. A line that was cut off is
 * left out: what it was to say was not done. Throws a UsageError where the text is no ledger; `shown` names it.
 */
export function pendingChanges(text: string, shown: string): readonly PendingChange[] {
  const pending = new Map<string, PendingChange>()
  let run: LedgerRun | null = null
  for (const line of linesOf(text, shown)) {
    if (line.kind === 'run') run = line
    if (line.kind === 'undone') pending.delete(line.id)
    if (line.kind === 'change' && run !== null)
      pending.set(line.id, { id: line.id, change: line.change, protocol: run.protocol, named: run.named })
  }
  return [...pending.values()].toReversed()
}

function linesOf(text: string, shown: string): readonly LedgerLine[] {
  const lines = text.split('\n').slice(0, -1)
  return lines.flatMap((line, index) => {
    const read = parsed(line)
    if (read !== null) return [read]
    if (line === '' || line.startsWith('{"kind":')) return []
    throw new UsageError(`${shown}:${index + 1}: expected a line of a ledger, got something else`)
  })
}

const KINDS: ReadonlySet<unknown> = new Set(['run', 'change', 'undone'])

/** The line, where it is of one of the kinds: what a run of this tool wrote has its form. */
function parsed(text: string): LedgerLine | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'kind' in value && KINDS.has(value.kind)
      ? (value as LedgerLine)
      : null
  } catch {
    return null
  }
}
