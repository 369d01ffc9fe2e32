/** The formats in which a run is written to standard output; all but text are for programs. */
export const RUN_FORMATS = ['text', 'json', 'ndjson', 'github'] as const

/** One of the formats in which a run is written to standard output. */
export type RunFormat = (typeof RUN_FORMATS)[number]
