import { Option, type Command } from 'commander'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import { wholeNumber } from './arguments.ts'
import { addBudgetOptions } from './budget-options.ts'
import { formatOption } from './format-option.ts'
import { EXIT_CODES_HELP, subcommand, type CommandLine } from './command-line.ts'
import { addSelectionOptions, protocolsArgument } from './selection-options.ts'
import type { VerifyOptions } from './verify.ts'
import { timeSpan } from './walk-options.ts'

const MOST_WORKERS = 64
const MOST_RETRIES = 10

/** Adds `touchstone verify`. */
export function defineVerify(program: Command, { environment, finish }: CommandLine): void {
  const command = addBudgetOptions(addSelectionOptions(subcommand(program, 'verify')))
  command
    .summary('verify a server, or the bundled mocks')
    .description('Verifies a server and writes the record and the reports of the run.')
    .addArgument(protocolsArgument())
    .optionsGroup('How they run:')
    .option('--parallel <n>', 'worker processes', wholeNumber(0, MOST_WORKERS), 0)
    .option('--retry <n>', 'attempts after a failed one, which still counts', wholeNumber(0, MOST_RETRIES), 0)
    .option('--allow-flaky', 'let a scenario pass that passes when tried again')
    .option('--explore <time>', 'walk each server first, for so long', timeSpan)
    .option('--fail-fast', 'begin no further scenario after a failure')
    .option('--seed <text>', 'seed of numbers, passwords and keys (default: random)')
    .optionsGroup('Verdict and reports:')
    .option('--baseline <file>', 'known deviations (YAML)')
    .option(
      '--write-baseline <file>',
      'write an entry for each new failure to a new file, or to the end of that of --baseline',
    )
    .addOption(
      new Option('--fail-on <level>', 'the least level that counts')
        .choices(['must', 'should'])
        .default('should'),
    )
    .option('--require-complete', 'incomplete where something was not verified')
    .option(
      '--min-coverage <percent>',
      'of the testable MUSTs, below which a run is incomplete (default: 50, or 0 with a selection)',
      wholeNumber(0, 100),
    )
    .option('--reports <folder>', 'where the record and the reports go', 'reports')
    .addOption(formatOption())
    .addOption(new Option('--quiet', 'print the closing verdict alone').conflicts('verbose'))
    .option('--verbose', 'print each scenario')
    .addHelpText('after', VERIFY_HELP)
    .action(async (protocol: NamedProtocols, options: Omit<VerifyOptions, 'protocol'>) => {
      const { verifyCommand } = await import('./verify.ts')
      finish(await verifyCommand({ ...options, protocol }, environment))
    })
}

const VERIFY_HELP = `
Examples:
  $ touchstone verify
  $ touchstone verify mstore --only MSTORE-PROFILE
  $ touchstone verify relay --url http://127.0.0.1:8080 \\
      --control http://127.0.0.1:8081
  $ touchstone verify --target my-server.yaml --only RELAY-MESSAGE-07 --verbose
  $ touchstone verify --target my-server.yaml --write-baseline known.yaml
  $ touchstone verify --target my-server.yaml --baseline known.yaml --quiet
  $ touchstone verify relay --shard 1/3 --seed 7 --reports shard-1
  $ touchstone verify relay --url https://staging.example.org \\
      --allow writes,sends

--shard auto reads TOUCHSTONE_SHARD (I/N) and TOUCHSTONE_SEED, else what the CI
system sets: CI_NODE_INDEX (GitLab), BUILDKITE_PARALLEL_JOB,
CIRCLE_NODE_INDEX, SEMAPHORE_JOB_INDEX, BITBUCKET_PARALLEL_STEP,
SYSTEM_JOBPOSITIONINPHASE (Azure) or JOB_COMPLETION_INDEX (Kubernetes, of
TOUCHSTONE_SHARDS); and GITHUB_RUN_ID, CI_PIPELINE_ID, BUILD_TAG or the like.

Where standard output is for programs (--format), progress goes to stderr. json
is the content of summary.json; ndjson a line for the run, each scenario as it
ends, and the verdict; github an annotation for each scenario that did not pass.
In a GitHub workflow the summary is added to the page of the job besides.

The entries of a baseline that are printed below failures, and those that
--write-baseline writes, have a reason that stands for yours. Write your own
into each: a file with the printed reason is refused.

Against a server that is not on this machine only scenarios that read are run,
unless --allow or the target file opens more. See touchstone plan first.
${EXIT_CODES_HELP}`
