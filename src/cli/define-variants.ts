import type { Command } from 'commander'
import type { CommandLine } from './command-line.ts'
import { defineCatalogue } from './define-catalogue.ts'

/** Adds `touchstone variants`. */
export function defineVariants(program: Command, line: CommandLine): void {
  defineCatalogue(program, line, {
    noun: 'variant',
    summary: 'list the other ways to be right, show one',
    description:
      'Prints the variants the mock servers can be: each does all that its specification asks, and does otherwise what the specification leaves open.',
    help: HELP,
    command: async () => (await import('./variants.ts')).variantsCommand,
  })
}

const HELP = `
Examples:
  $ touchstone variants
  $ touchstone variants list RELAY-DIRECTORY
  $ touchstone variants show RELAY-DIRECTORY-13/null-for-no-sms
  $ touchstone mock relay --variant RELAY-DIRECTORY-13/null-for-no-sms
  $ touchstone prove --variants
`
