import pc from 'picocolors'
import type { Environment } from './environment.ts'

/** Functions that colour text for a terminal, or leave it as it is. */
export type Colours = ReturnType<typeof pc.createColors>

/** Colour where stdout is a terminal, unless NO_COLOR is set; FORCE_COLOR switches it on in any case. */
export function colours({ env, interactive }: Pick<Environment, 'env' | 'interactive'>): Colours {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return pc.createColors(forced !== '0' && forced !== 'false')
  return pc.createColors(interactive && !env['NO_COLOR'])
}
