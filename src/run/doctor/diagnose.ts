import type { Target } from '#driver/target.ts'
import { examine, type ExamineOptions } from './examine.ts'
import type { Diagnosed } from './check.ts'
import { MSTORE_CHECKS } from './mstore-checks.ts'
import { RELAY_CHECKS } from './relay-checks.ts'

/** Looks at a server and at what its target file says of it. Gives the findings in the order of the checks. */
export function diagnose(target: Target, options: ExamineOptions): Promise<readonly Diagnosed[]> {
  switch (target.protocol) {
    case 'relay':
      return examine(target, RELAY_CHECKS, options)
    case 'mstore':
      return examine(target, MSTORE_CHECKS, options)
    default:
      return target satisfies never
  }
}
