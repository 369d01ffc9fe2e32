import type { Target } from '#driver/target.ts'
import { examine, type ExaminedTarget, type ExamineOptions } from './examine.ts'
import { MSTORE_CHECKS } from './mstore-checks.ts'
import { RELAY_CHECKS } from './relay-checks.ts'

/** Looks at a server and at what its target file says of it; with `names`, by the checks of those names alone. */
export function diagnose(
  target: Target,
  options: ExamineOptions,
  names?: readonly string[],
): Promise<ExaminedTarget<Target>> {
  const isWanted = ({ name }: { readonly name: string }): boolean => names?.includes(name) ?? true
  switch (target.protocol) {
    case 'relay':
      return examine(target, RELAY_CHECKS.filter(isWanted), options)
    case 'mstore':
      return examine(target, MSTORE_CHECKS.filter(isWanted), options)
    default:
      return target satisfies never
  }
}
