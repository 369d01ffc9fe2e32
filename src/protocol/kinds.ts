/**
 * The kinds of blind spot: ways to be wrong for which a suite has to look on purpose, operation by operation.
 * `requirements/kinds.yaml` says what each is and which scenarios look for it.
 */
export const KINDS = [
  'strangers',
  'refused effects',
  'near misses',
  'spoiled things',
  'mix-ups',
  'one attribute',
  'sequences',
  'sizes',
  'stale views',
  'devices',
  'several',
  'spellings',
  'second reads',
  'oneself',
  'over time',
  'in between',
  'characters',
  'empty and absent',
  'at once',
] as const

/** The name of a kind of blind spot. */
export type BlindSpotKind = (typeof KINDS)[number]
