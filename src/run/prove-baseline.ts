import { PROTOCOLS } from '#protocol/requirements.ts'
import type { Baseline } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { pasteEntries, UNEDITED_REASON } from '#verdict/paste.ts'
import { parseBaseline } from './baseline-file.ts'
import { loadFeatures } from './features.ts'
import { mergedRegister } from './merged-register.ts'
import type { Trial } from './prove.ts'
import { formatOf } from './targets/formats.ts'
import { runTrial, type TrialSurroundings } from './trial-run.ts'

/** What can be said of the entries that a run prints. */
export const ENTRY_OUTCOMES = ['held', 'did-not-hold', 'none', 'interrupted', 'broken'] as const

/**
 * What became of the entries that one run printed in the next: they held where it found nothing else, and everything
 * they say. The first run may have printed none; the rest is no evidence.
 */
export type EntryOutcome = (typeof ENTRY_OUTCOMES)[number]

/** What two runs of a server with a fault say of the entries that the first printed. */
export interface EntryReport {
  readonly fault: string
  readonly outcome: EntryOutcome
  /** The entries, as they were printed. */
  readonly entries: string
  /** What the second run found besides, a line each. */
  readonly reasons: readonly string[]
  readonly durationMs: number
}

/**
 * Verifies the bundled mock twice with a fault active in it, with other seeds, the second time under the baseline that the
 * first run printed. Throws a UsageError where the baseline cannot be read.
 */
export async function proveBaseline(
  { protocol, fault, scenarios, seed }: Trial,
  surroundings: TrialSurroundings,
): Promise<EntryReport> {
  const run = (nth: string, baseline: Baseline | null) =>
    runTrial(
      {
        protocol,
        dialect: fault.dialect,
        differs: { faults: [fault.id] },
        target: { timeouts: formatOf(protocol).proofTimeouts },
        scenarios,
        seed: `${seed} ${nth}`,
        baseline,
      },
      surroundings,
    )
  const first = await run('first', null)
  const entries = pasteEntries(first.verdicts.scenarios, fault.dialect)
  const second = await run('second', edited(entries))
  return {
    fault: fault.id,
    outcome: outcomeOf([first.verdicts, second.verdicts], entries),
    entries,
    reasons: besides(second.verdicts),
    durationMs: (first.run.durationMs ?? 0) + (second.run.durationMs ?? 0),
  }
}

/** The entries as a user would read them in, with a reason each. */
function edited(entries: string): Baseline | null {
  if (entries === '') return null
  const features = PROTOCOLS.flatMap((protocol) => loadFeatures(protocol))
  return parseBaseline(entries.replaceAll(UNEDITED_REASON, 'known'), 'printed entries', {
    requirements: new Set(mergedRegister(PROTOCOLS, 'documented').requirements.keys()),
    scenarios: new Set(features.map(({ name }) => name)),
  })
}

/** What the entries of a baseline are worth by two runs: the one that printed them, and the one that had them. */
export function outcomeOf(both: readonly Verdicts[], entries: string): EntryOutcome {
  const verdicts = both.map(({ verdict }) => verdict)
  if (verdicts.includes('harness-error')) return 'broken'
  if (verdicts.includes('interrupted')) return 'interrupted'
  if (entries === '') return 'none'
  return verdicts.at(-1) === 'non-conformant' ? 'did-not-hold' : 'held'
}

function besides({ scenarios, remarks, harnessErrors }: Verdicts): readonly string[] {
  return [
    ...scenarios
      .filter(({ outcome }) => ['failed', 'harness-error'].includes(outcome))
      .map(
        ({ uri, line, failure, message }) => `${uri}:${line}: ${failure?.requirement ?? ''} ${message ?? ''}`,
      ),
    ...remarks.filter(({ fails }) => fails).map(({ text }) => text),
    ...harnessErrors,
  ]
}
