import type { Command } from 'commander'
import { formatOption } from './format-option.ts'
import type { ReportOptions } from './report.ts'
import { EXIT_CODES_HELP, subcommand, type CommandLine } from './command-line.ts'

/** Adds `touchstone report`. */
export function defineReport(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'report')
    .summary('make the reports of a run again; merge shards')
    .description(
      'Makes the reports of a run again from its record, or those of one run from the records of its shards. The exit code is that of the run.',
    )
    .argument('<folder...>', 'folders of runs; several are the shards of one')
    .option('--reports <folder>', 'where the reports go; needed with several folders')
    .addOption(formatOption())
    .addHelpText('after', HELP)
    .action(
      async (
        dirs: readonly string[],
        { reports, format }: Pick<ReportOptions, 'format'> & { readonly reports?: string },
      ) => {
        const { reportCommand } = await import('./report.ts')
        finish(await reportCommand({ dirs, out: reports ?? null, format }, environment))
      },
    )
}

const HELP = `
Examples:
  $ touchstone report reports
  $ touchstone report shard-1 shard-2 --reports reports
  $ touchstone report reports --format json | jq .verdict
${EXIT_CODES_HELP}`
