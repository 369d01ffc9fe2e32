import { Argument, Option, type Command } from 'commander'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { collected, allowList, oneOfOrPlace, requestRate, wholeNumber } from './arguments.ts'

const LONGEST_TIMEOUT_MS = 600_000

/** Gives `command` the options by which `verify` and `plan` settle target and scenarios alike. */
export function addSelectionOptions(command: Command): Command {
  return addTargetOptions(command)
    .optionsGroup('Which scenarios run:')
    .addOption(
      new Option('--only <id|name>', 'a requirement, an area or a scenario; repeatable')
        .argParser(collected)
        .default([], 'all'),
    )
    .option('--tags <expression>', 'a tag expression, such as "@sends and not @slow"')
    .addOption(
      new Option('--features <file>', 'a feature file in place of ours; repeatable')
        .argParser(collected)
        .default([], 'ours'),
    )
    .option('--shard <i/n>', 'the i-th of n parts, with --seed; auto: from the CI system')
    .option('--order <order>', 'defined, random or random:SEED', 'defined')
}

/** Gives `command` the options that describe a target. */
export function addTargetOptions(command: Command): Command {
  return command
    .optionsGroup('What is verified:')
    .option('--url <url>', 'base URL of the server; without it, the bundled mocks')
    .option('--control <url>', 'control plane that supplies every capability')
    .option('--target <file>', 'target file (YAML); options here outweigh it')
    .addOption(
      new Option('--dialect <dialect>', 'how ambiguous documentation is read (default: documented)').choices([
        'documented',
        'deployed',
      ]),
    )
    .option(
      '--allow <risks>',
      'what scenarios may do: writes,sends,destroys,exhausts,slow; production for a server in use',
      allowList,
    )
    .option('--timeout <ms>', 'time for one answer (default: 5000)', wholeNumber(1, LONGEST_TIMEOUT_MS))
    .option('--rate <n>', 'the most requests in a second, such as 5 or 0.5', requestRate)
    .option('--ca <file>', 'PEM file of certificate authorities to trust')
    .option('--insecure', 'accept any certificate')
    .option('--redact-numbers', 'keep two digits of phone numbers in records')
}

/** The protocols to verify; where none is named, that of the server, or all on the bundled mocks. */
export function protocolsArgument(
  meaning = 'what is verified (default: that of the target file, else all)',
): Argument {
  return serverProtocol(meaning, [...PROTOCOLS, 'all'])
}

/** What a server speaks, as one of these words. For a URL in its place, the error says how to give it. */
export function serverProtocol(meaning: string, words: readonly string[]): Argument {
  const parser = oneOfOrPlace(words)
  return new Argument('[protocol]', meaning).choices(words).argParser(parser)
}
