import type { Values } from '../ask.ts'
import type { Dialect } from '#protocol/requirements.ts'
import type { Draw } from '../draw.ts'
import type { RelayState } from './state.ts'

/** What a password may have in it: any ASCII, save that the deployed dialect leaves open what becomes of a colon (E-53). */
const PASSWORD_FORMS: Readonly<Record<Dialect, readonly string[]>> = {
  documented: ['blanks', 'quotes', 'colons'],
  deployed: ['blanks', 'quotes'],
}

/** Draws what is odd about a password; mostly nothing. */
export function drawPassword({ known }: RelayState, draw: Draw): Values {
  return draw.chance(15) ? { password: draw.oneOf(PASSWORD_FORMS[known.dialect]) } : {}
}
