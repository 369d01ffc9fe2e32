import type { Command } from 'commander'
import type { CommandLine } from './command-line.ts'
import { defineCatalogue } from './define-catalogue.ts'

/** Adds `touchstone faults`. */
export function defineFaults(program: Command, line: CommandLine): void {
  defineCatalogue(program, line, {
    noun: 'fault',
    summary: 'list the faults of the mocks, show one',
    description: 'Prints the faults the mock servers can be given, each a violation of one requirement.',
    help: HELP,
    command: async () => (await import('./faults.ts')).faultsCommand,
  })
}

const HELP = `
Examples:
  $ touchstone faults
  $ touchstone faults list RELAY-PUSH
  $ touchstone faults show RELAY-MESSAGE-09/omits-extra-devices
  $ touchstone mock relay --fault RELAY-MESSAGE-09/omits-extra-devices
`
