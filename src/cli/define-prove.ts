import { Argument, Option, type Command } from 'commander'
import { UsageError } from '#evidence/usage-error.ts'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { collected, wholeNumber } from './arguments.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import { walksOf } from './walk-options.ts'

const MOST_RUNS = 100_000
const USUAL_RUNS = 100

interface ProveArguments {
  readonly fault: readonly string[]
  readonly variants?: boolean
  readonly together?: boolean
  readonly variant: readonly string[]
  readonly full?: boolean
  readonly baselines?: boolean
  readonly explore?: boolean
  readonly runs?: number | undefined
  readonly sample?: number | undefined
  readonly seed?: string
  readonly json?: boolean
}

/** Adds `touchstone prove`. */
export function defineProve(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'prove')
    .summary('run the suite against servers that are wrong on purpose')
    .description(
      'Verifies the bundled mock with each fault in turn, by the scenarios of its requirement, until one finds it violated. A fault is killed when its requirement is found violated, and found elsewhere when only others are; one that survives a conformant run is a hole in the suite.',
    )
    .addArgument(new Argument('[protocol]', 'whose mock (default: all)').choices([...PROTOCOLS, 'all']))
    .addOption(
      new Option('--fault <id>', 'a fault, a requirement or an area; repeatable')
        .argParser(collected)
        .default([], 'all'),
    )
    .option('--variants', 'the other ways to be right in place of faults: all must be accepted')
    .option(
      '--together',
      'of the variants only all that go together at once, with the whole suite; with --full as many servers as it takes to be each of them',
    )
    .addOption(
      new Option('--variant <id>', 'a variant, a requirement or an area; repeatable')
        .argParser(collected)
        .default([], 'all'),
    )
    .option('--explore', 'walk each mock in place of running scenarios')
    .option('--runs <n>', 'with --explore, sequences for each mock (default: 100)', wholeNumber(1, MOST_RUNS))
    .addOption(
      new Option('--sample <n>', 'with --explore, so many faults that the seed draws')
        .argParser(wholeNumber(1, MOST_RUNS))
        .conflicts(['variants', 'variant', 'together']),
    )
    .addOption(
      new Option(
        '--baselines',
        'each fault twice, the second time under the entries that the first run printed: all must hold',
      ).conflicts(['variants', 'variant', 'together', 'explore']),
    )
    .option('--full', 'run every scenario against each, not its own alone')
    .option('--seed <text>', 'seed of numbers, passwords and keys (default: random)')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(
      async (
        protocol: NamedProtocols,
        {
          fault: faults,
          variant,
          together = false,
          variants = variant.length > 0 || together,
          full = false,
          json = false,
          explore = false,
          baselines = false,
          runs,
          sample,
          ...rest
        }: ProveArguments,
      ) => {
        if (variants) refuseFaults(faults)
        if (!explore) refuseBoundsOfWalks({ runs, sample })
        if (explore) {
          if (full && !together)
            throw new UsageError('--full with --explore needs --together: walks run no scenarios')
          const { proveWalksCommand } = await import('./prove-walks.ts')
          const what = variants ? 'variants' : 'faults'
          const terms = variants ? variant : faults
          const request = { ...walksOf(runs ?? USUAL_RUNS), mostCounterexamples: 1, shrinkMs: 0 }
          finish(
            await proveWalksCommand(
              { protocol, terms, what, together, full, sample, request, json, ...rest },
              environment,
            ),
          )
          return
        }
        if (variants) {
          const { proveVariantsCommand } = await import('./prove-variants.ts')
          finish(
            await proveVariantsCommand(
              { protocol, variants: variant, together, full, json, ...rest },
              environment,
            ),
          )
          return
        }
        if (baselines) {
          const { proveBaselinesCommand } = await import('./prove-baselines.ts')
          finish(await proveBaselinesCommand({ protocol, faults, full, json, ...rest }, environment))
          return
        }
        const { proveCommand } = await import('./prove.ts')
        finish(await proveCommand({ protocol, faults, full, json, ...rest }, environment))
      },
    )
}

function refuseFaults(faults: readonly string[]): void {
  const [first] = faults
  if (first !== undefined)
    throw new UsageError(`--fault ${first}: expected faults or variants, got both; give --variant ID alone`)
}

/** What bounds walks has no use where scenarios run. */
function refuseBoundsOfWalks(bounds: Pick<ProveArguments, 'runs' | 'sample'>): void {
  const idle = Object.entries(bounds).find(([, value]) => value !== undefined)
  if (idle) throw new UsageError(`--${idle[0]} needs --explore: without it, scenarios run, and no walks`)
}

const HELP = `
Examples:
  $ touchstone prove
  $ touchstone prove mstore
  $ touchstone prove --fault RELAY-PUSH
  $ touchstone prove --fault RELAY-MESSAGE-09/omits-extra-devices --full
  $ touchstone prove --baselines --fault MSTORE-FLAG
  $ touchstone prove --variants
  $ touchstone prove --variants --together --full
  $ touchstone prove --explore --runs 200
  $ touchstone prove --explore --sample 50 --seed 7

Exit codes:
  0    every fault was killed, every variant accepted
  1    a fault was not: it survived, was found elsewhere, or its run was
       inconclusive; a variant was convicted or left open
  2    usage: there is no such fault
  4    the harness failed over a fault
  130  interrupted
`
