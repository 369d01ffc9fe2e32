import type { ReportedFailure } from './failures.ts'

/** A failure that a key of the target file may explain. */
interface Hint {
  /** What was checked. */
  readonly thing: RegExp
  /** What was got. */
  readonly got: RegExp
  readonly said: string
}

const HINTS: readonly Hint[] = [
  {
    thing: /^status of PUT \/v1\/accounts\/(?:gcm|apn)\/(?: |$)/,
    got: /^(?:404|405|501)$/,
    said: 'a relay without push ids, whose devices are reachable all the same: write  reachableBy: confirmation  into the target file',
  },
  {
    thing: /^status of PUT \/v1\/accounts\/code\//,
    got: /^(?:400|415|422)$/,
    said: 'a relay that takes a registration id in quotes alone: write  registrationId: text  into the target file; touchstone doctor finds it out',
  },
]

/** A key of the target file that may be missing where that failed; null where none would change it. */
export function targetHint({ assertion: { thing, got } }: Pick<ReportedFailure, 'assertion'>): string | null {
  return HINTS.find((hint) => hint.thing.test(thing) && hint.got.test(got))?.said ?? null
}
