import { loadRegister, type Register } from '#protocol/register.ts'
import type { Dialect, Protocol } from '#protocol/requirements.ts'

/**
 * The requirements of several protocols as one register, in their order, with the levels of a dialect; ids of two
 * protocols never meet.
 */
export function mergedRegister(
  protocols: readonly Protocol[],
  dialect: Dialect,
): Pick<Register, 'requirements'> {
  return { requirements: new Map(protocols.flatMap((each) => [...loadRegister(each, dialect).requirements])) }
}
