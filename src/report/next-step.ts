import { counted } from '#verdict/describe.ts'
import type { Verdicts } from '#verdict/judge.ts'

/** What a reader does next about a verdict, in a sentence or two. */
export function nextStep({ verdict, totals }: Pick<Verdicts, 'verdict' | 'totals'>): string {
  const skipped = totals.scenarios.skipped
  switch (verdict) {
    case 'conformant':
      return skipped === 0
        ? 'nothing; what could not be verified is listed by its reason below.'
        : `nothing has to be corrected; ${counted(skipped, 'scenario')} skipped, and what would enable them is said below.`
    case 'non-conformant':
      return totals.scenarios.failed > 0
        ? 'correct the server where it fails; each failure below has the exchange that shows it and the command that repeats it. What is to stay goes into a baseline.'
        : 'correct the baseline, as is said above.'
    case 'incomplete':
      return 'enable what was skipped, by the lines below, and run again.'
    case 'inconclusive':
      return 'see below why it could not be judged, mend the way to the server or the target file (touchstone doctor finds out what), and run again.'
    case 'harness-error':
      return 'see below where Touchstone failed; it is no fault of the server. Run again, and report it where it stays.'
    case 'interrupted':
      return 'run again to the end.'
    default:
      return verdict satisfies never
  }
}
