/** What a run can be written as, for other programs. */
export const EXPORT_FORMATS = ['har', 'badge'] as const

/** One of the forms in which a run is written for other programs. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
