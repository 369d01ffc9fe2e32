import { jsonDocument } from '#evidence/json-text.ts'
import type { NamedRun } from '#report/across/named-run.ts'
import { badge } from '#report/export/badge.ts'
import { har } from '#report/export/har.ts'
import type { Environment } from './environment.ts'
import type { ExportFormat } from './export-formats.ts'
import { latestRun } from './named-run.ts'

const WRITERS: Readonly<Record<ExportFormat, (judged: NamedRun) => string>> = {
  har: ({ verdicts, run }) => jsonDocument(har(verdicts, run)),
  badge: ({ verdicts, run }) => badge(verdicts, run),
}

/** Writes a run to standard output for other programs; always 0. Throws a UsageError where `dir` holds no run. */
export function exportCommand(
  { dir, format }: { readonly dir: string; readonly format: ExportFormat },
  { cwd, stdout, stderr }: Pick<Environment, 'cwd' | 'stdout' | 'stderr'>,
): number {
  stdout.write(WRITERS[format](latestRun(dir, { cwd, stderr })))
  return 0
}
