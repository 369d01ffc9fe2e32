import { UsageError } from '#evidence/usage-error.ts'
import type { Controlled } from './controlled.ts'

/** Sets faults of a mock to work for everybody and without end. An id that the mock does not know is a UsageError. */
export function activateStanding(
  faults: Pick<Controlled['faults'], 'activate' | 'list'>,
  ids: readonly string[],
  mock: string,
): void {
  for (const id of ids) {
    if (faults.activate(id, { next: null, number: null })) continue
    const example = faults.list()[0]?.id ?? ''
    throw new UsageError(
      `fault ${JSON.stringify(id)}: expected the id of a fault of the ${mock}, e.g. ${example}`,
    )
  }
}
