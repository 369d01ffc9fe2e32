import { Option, type Command } from 'commander'
import { subcommand, type CommandLine } from './command-line.ts'
import { EXPORT_FORMATS, type ExportFormat } from './export-formats.ts'

/** Adds `touchstone export`. */
export function defineExport(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'export')
    .summary('write a run for other programs: HAR, badge')
    .description(
      'Writes a run to standard output: all its exchanges as an HTTP Archive (HAR 1.2), which browsers and proxies open, or its verdict as a badge (SVG).',
    )
    .argument('<folder>', 'folder of the run')
    .addOption(
      new Option('--format <format>', 'what is written').choices(EXPORT_FORMATS).makeOptionMandatory(),
    )
    .addHelpText('after', HELP)
    .action(async (dir: string, { format }: { readonly format: ExportFormat }) => {
      const { exportCommand } = await import('./export.ts')
      finish(exportCommand({ dir, format }, environment))
    })
}

const HELP = `
Examples:
  $ touchstone export reports --format har > run.har
  $ touchstone export reports --format badge > badge.svg
`
