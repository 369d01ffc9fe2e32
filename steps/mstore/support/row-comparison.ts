import type { Comparison } from '../../shared/support/check.ts'

/** What comes of comparing a row; nothing where it is only noted. */
export type ComparedRow = Comparison | readonly Comparison[]

/** What a row of a table about an artifact compares: the side it names with what that must be. */
export type RowComparison = (side: string, wanted: string) => ComparedRow | Promise<ComparedRow>
