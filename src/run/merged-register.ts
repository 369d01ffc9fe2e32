import { loadRegister, type Register } from '#protocol/register.ts'
import type { Protocol } from '#protocol/requirements.ts'

/** The requirements of several protocols as one register, in their order; ids of two protocols never meet. */
export function mergedRegister(protocols: readonly Protocol[]): Pick<Register, 'requirements'> {
  return { requirements: new Map(protocols.flatMap((each) => [...loadRegister(each).requirements])) }
}
