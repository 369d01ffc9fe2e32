/** A table of a document: what stands over its columns, and its rows. */
export interface DocumentTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A part of a document under a title of its own. */
export interface DocumentSection {
  readonly title: string
  readonly lines?: readonly string[]
  readonly table?: DocumentTable
}

/** What several runs show together, for every format that it is written in. */
export interface Document {
  readonly title: string
  /** What is to be known first, a line each. */
  readonly lead: readonly string[]
  readonly sections: readonly DocumentSection[]
}

/** The sections of `parts` in which there is something. */
export function filled(parts: readonly DocumentSection[]): readonly DocumentSection[] {
  return parts.filter(({ lines = [], table }) => lines.length > 0 || (table?.rows.length ?? 0) > 0)
}
