/** A part of something, or a step of a calculation. */
export interface Part {
  /** Which: `IV`, `HA1`. */
  readonly name: string
  /** What it is, in one line without secrets. */
  readonly text: string
  /** Whether it is as it should be; null where that is no question. */
  readonly holds: boolean | null
}

/** Something that was sent or received, taken apart for a reader: a sealed frame, a digest. */
export interface TakenApart {
  readonly what: string
  /** The exchange it was part of; null where it came by another way, as a push does. */
  readonly exchange: string | null
  readonly parts: readonly Part[]
}
