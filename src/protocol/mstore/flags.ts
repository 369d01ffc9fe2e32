/** A message that was opened or played. */
export const SEEN = '\\Seen'
/** A message that was not; the server keeps it the opposite of `\Seen`. */
export const RECENT = '\\Recent'
/** A voicemail that never expires. */
export const KEPT = '$MarkNotToDelete'
/** A greeting that is active. */
export const GREETING_ON = '$CNS-Greeting-On'

/** The ways to change a flag: each known flag has one or none (mStore spec, Object). */
export type FlagRoute = 'bulk-update' | 'flag-endpoint'

/** The flags of the mStore spec, and the one way by which each can be changed. */
export const KNOWN_FLAGS = [
  { flag: SEEN, route: 'bulk-update' },
  { flag: RECENT, route: null },
  { flag: KEPT, route: null },
  { flag: GREETING_ON, route: 'flag-endpoint' },
] as const satisfies readonly { readonly flag: string; readonly route: FlagRoute | null }[]

/** What an object's flags rest on: `\Recent` is never kept, it follows from `\Seen`. */
export interface FlagState {
  readonly seen: boolean
  readonly kept: boolean
  readonly greetingOn: boolean
}

/** Whether a flag can be changed by a route; of a flag that is not known, never. */
export function isChangeable(flag: string, route: FlagRoute): boolean {
  return KNOWN_FLAGS.some((known) => known.flag === flag && known.route === route)
}

/** The flags of an object as it lists them. */
export function listedFlags({ seen, kept, greetingOn }: FlagState): readonly string[] {
  return [seen ? SEEN : RECENT, ...(kept ? [KEPT] : []), ...(greetingOn ? [GREETING_ON] : [])]
}

/** What is wrong with the flags that an object lists, a line each: a flag twice, not one of `\Seen` and `\Recent`. */
export function flagMistakes(flags: readonly string[]): readonly string[] {
  const twice = flags.filter((flag, index) => flags.indexOf(flag) !== index)
  const exclusive = flags.filter((flag) => flag === SEEN || flag === RECENT)
  return [
    ...twice.map((flag) => `flags: expected ${flag} once, got it twice`),
    ...(new Set(exclusive).size === 1
      ? []
      : [`flags: expected one of ${SEEN} and ${RECENT}, got ${exclusive.length === 0 ? 'neither' : 'both'}`]),
  ]
}
