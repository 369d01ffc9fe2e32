import { Command } from 'commander'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import type { TargetOptions } from '#run/targets/resolve-target.ts'
import { addTargetOptions } from './selection-options.ts'

/** How a run named its target, of the arguments that its record keeps to run a scenario again. */
export interface RerunOptions {
  readonly protocol: Protocol | undefined
  readonly options: TargetOptions
}

/** Reads `verify relay --url … --allow writes,sends`, quoted for a shell, as a run keeps it. */
export function rerunOptions(rerun: string): RerunOptions {
  const command = addTargetOptions(new Command().exitOverride())
    .argument('[words...]')
    .option('--features <file>')
    .parse([...shellWords(rerun)], { from: 'user' })
  return {
    protocol: PROTOCOLS.find((protocol) => command.args.includes(protocol)),
    options: command.opts<TargetOptions>(),
  }
}

/** The words of a command line that has plain words and words in single quotes, where `'\''` is a quote. */
function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|\\'|[^\s'\\])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|\\(')/g,
      (_, quoted: string | undefined, quote: string | undefined) => quoted ?? quote ?? '',
    ),
  )
}
