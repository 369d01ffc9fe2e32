import { absentArea } from '#driver/gate.ts'
import type { Target } from '#driver/target.ts'
import { GivenUp } from './outages.ts'

/** Throws GivenUp where the target file says that the area of that requirement is not implemented; null is of none. */
export function refuseAbsent(requirement: string | null, target: Pick<Target, 'unimplemented'>): void {
  const skip = requirement === null ? null : absentArea([requirement], target)
  if (skip !== null) throw new GivenUp(skip)
}
