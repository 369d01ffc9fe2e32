import { Option, type Command } from 'commander'
import { DOCUMENT_FORMATS } from '#report/across/format-document.ts'
import type { AcrossOptions } from './across-runs.ts'
import { subcommand, type CommandLine } from './command-line.ts'

/** Adds `touchstone compare`. */
export function defineCompare(program: Command, { environment, finish }: CommandLine): void {
  withFormat(subcommand(program, 'compare'))
    .summary('what a run says otherwise than an earlier one')
    .description(
      'Compares two runs: requirements newly violated, no longer verified, fixed; assertions no longer made; scenarios that became slower.',
    )
    .argument('<before>', 'folder of the earlier run')
    .argument('<after>', 'folder of the later run')
    .addHelpText('after', COMPARE_HELP)
    .action(async (before: string, after: string, { format }: Pick<AcrossOptions, 'format'>) => {
      const { compareCommand } = await import('./across-runs.ts')
      finish(compareCommand({ dirs: [before, after], format }, environment))
    })
}

/** Adds `touchstone matrix`. */
export function defineMatrix(program: Command, { environment, finish }: CommandLine): void {
  withFormat(subcommand(program, 'matrix'))
    .summary('servers or versions side by side')
    .description('Shows runs side by side: what each says of every area, and where they differ.')
    .argument('<folder...>', 'folders of runs, two or more')
    .addHelpText('after', MATRIX_HELP)
    .action(async (dirs: readonly string[], { format }: Pick<AcrossOptions, 'format'>) => {
      const { matrixCommand } = await import('./across-runs.ts')
      finish(matrixCommand({ dirs, format }, environment))
    })
}

/** Adds `touchstone trend`. */
export function defineTrend(program: Command, { environment, finish }: CommandLine): void {
  withFormat(subcommand(program, 'trend'))
    .summary('runs of one server over time: flaky and slow scenarios')
    .description(
      'Shows runs in the order in which they began: which scenarios pass in some and not in others, which changed once, which take longest.',
    )
    .argument('<folder...>', 'folders of runs, two or more')
    .addHelpText('after', TREND_HELP)
    .action(async (dirs: readonly string[], { format }: Pick<AcrossOptions, 'format'>) => {
      const { trendCommand } = await import('./across-runs.ts')
      finish(trendCommand({ dirs, format }, environment))
    })
}

function withFormat(command: Command): Command {
  return command.addOption(
    new Option('--format <format>', 'how it is written').choices(DOCUMENT_FORMATS).default('text'),
  )
}

const COMPARE_HELP = `
Examples:
  $ touchstone compare last-week reports
  $ touchstone compare main-reports reports --format markdown >> comment.md

Exit codes:
  0  the later run is no worse
  1  a requirement is newly violated or no longer verified, or a scenario that
     passed asserts less than before
  2  usage: a folder holds no run, or the runs are of other protocols
`

const MATRIX_HELP = `
Examples:
  $ touchstone matrix server-a server-b server-c
  $ touchstone matrix v1 v2 --format html > matrix.html
`

const TREND_HELP = `
Examples:
  $ touchstone trend nightly/*
`
