/** How the parts of a path are understood. */
export interface PathRules {
  /** The number in a path, from the part as decoded and from the whole request target. */
  readonly number: (decoded: string, target: string) => string
}

/** How the relay spec has the parts of a path read: as they are decoded. */
export const documentedPaths: PathRules = {
  // RELAY-ENCODING-15: a literal plus is a plus
  number: (decoded) => decoded,
}
