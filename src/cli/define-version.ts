import type { Command } from 'commander'
import { toolVersion } from '#run/tool-version.ts'
import { subcommand, type CommandLine } from './command-line.ts'

/** Adds `touchstone version`: what a report of a mistake begins with. */
export function defineVersion(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'version')
    .summary('print the versions of touchstone and what it runs on')
    .action(() => {
      const { node, platform, stdout } = environment
      stdout.write(`touchstone ${toolVersion()}, Node.js ${node}, ${platform}\n`)
      finish(0)
    })
}
