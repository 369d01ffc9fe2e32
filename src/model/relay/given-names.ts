import type { Ask } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Account } from './state.ts'

/** What asks make and give a name. */
export type NamedKind = 'registration' | 'push id' | 'set' | 'message' | 'attachment' | 'blob'

/** How far apart names may lie, so that asks that are chosen for the same moment seldom choose the same. */
const NAMES_APART = 3

/** A next name of a kind that the account has not used, as the value `as` of an ask: `message 3 of Alice`. */
export function nextName({ name, used }: Account, kind: NamedKind, draw: Draw): { readonly as: string } {
  return { as: `${kind} ${(used[kind] ?? 0) + 1 + draw.below(NAMES_APART)} of ${name}` }
}

/** The number in the name that an ask gives: `3` of `message 3 of Alice`. */
export function numberGiven({ values }: Ask): string {
  return /(\d+) of /.exec(values['as'] ?? '')?.[1] ?? '1'
}
