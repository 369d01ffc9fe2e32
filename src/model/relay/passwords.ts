import type { Values } from '../ask.ts'
import type { Draw } from '../draw.ts'

/** What a password may have in it: any ASCII (the deployed dialect leaves open what becomes of a colon). */
export const PASSWORD_FORMS = ['blanks', 'quotes'] as const

/** Draws what is odd about a password; mostly nothing. */
export function drawPassword(draw: Draw): Values {
  return draw.chance(15) ? { password: draw.oneOf(PASSWORD_FORMS) } : {}
}
