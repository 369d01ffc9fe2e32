import { Argument, Command, Option } from 'commander'
import { toolVersion } from '#run/tool-version.ts'
import { wholeNumber } from './arguments.ts'
import type { PlanOptions } from './plan.ts'
import type { RunEnvironment } from './run-environment.ts'
import { addSelectionOptions } from './selection-options.ts'
import type { VerifyOptions } from './verify.ts'

const HELP_COLUMNS = 80
const MOST_WORKERS = 64
const MOST_RETRIES = 10

/**
 * The command line. A command's code is loaded when it is chosen, so that help comes at once; `finish` is
 * given its exit code. Parsing throws a CommanderError for wrong arguments, after writing one line.
 */
export function createProgram(environment: RunEnvironment, finish: (exitCode: number) => void): Command {
  const program = pointing(inherited(new Command('touchstone'), environment), 'touchstone --help')
    .description('Tells whether a server speaks a protocol as its documentation says, with the evidence.')
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', PROGRAM_HELP)
  addVerify(program, environment, finish)
  addPlan(program, environment, finish)
  return program
}

function inherited(program: Command, { stdout, stderr }: RunEnvironment): Command {
  return program
    .exitOverride()
    .configureHelp({ helpWidth: HELP_COLUMNS, showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
}

/** A command whose faults are told in one line that points to its own help. */
function subcommand(program: Command, name: string): Command {
  return pointing(program.command(name), `touchstone ${name} --help`)
}

function pointing(command: Command, help: string): Command {
  return command.configureOutput({
    outputError: (text, write) => {
      write(`touchstone: ${oneLine(text)}; see ${help}\n`)
    },
  })
}

/** Commander's message without its prefix, on one line. */
function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')
}

function protocolArgument(): Argument {
  return new Argument('[protocol]', 'the protocol').choices(['relay']).default('relay')
}

function addVerify(program: Command, environment: RunEnvironment, finish: (exitCode: number) => void): void {
  addSelectionOptions(subcommand(program, 'verify'))
    .summary('verify a server, or the bundled mocks')
    .description('Verifies a server and writes the record and the reports of the run.')
    .addArgument(protocolArgument())
    .option('--parallel <n>', 'worker processes', wholeNumber(0, MOST_WORKERS), 0)
    .option(
      '--retry <n>',
      'attempts after a failed one; a late pass is flaky',
      wholeNumber(0, MOST_RETRIES),
      0,
    )
    .option('--fail-fast', 'begin no further scenario after a failure')
    .option('--seed <text>', 'seed of numbers, passwords and keys (default: random)')
    .optionsGroup('What is said of it:')
    .option('--baseline <file>', 'known deviations (YAML)')
    .addOption(
      new Option('--fail-on <level>', 'the least level that counts')
        .choices(['must', 'should'])
        .default('should'),
    )
    .option('--require-complete', 'fail where something was not verified')
    .option('--reports <folder>', 'where the record and the reports go', 'reports')
    .addOption(new Option('--quiet', 'print the closing verdict alone').conflicts('verbose'))
    .option('--verbose', 'print each scenario')
    .optionsGroup('Other:')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', VERIFY_HELP)
    .action(async (protocol: VerifyOptions['protocol'], options: Omit<VerifyOptions, 'protocol'>) => {
      const { verifyCommand } = await import('./verify.ts')
      finish(await verifyCommand({ ...options, protocol }, environment))
    })
}

function addPlan(program: Command, environment: RunEnvironment, finish: (exitCode: number) => void): void {
  addSelectionOptions(subcommand(program, 'plan'))
    .summary('show what verify would run; sends nothing')
    .description(
      'Prints the scenarios that verify would run with the same options, their\nrequirements and risks, and what would be skipped and why. Sends nothing.',
    )
    .addArgument(protocolArgument())
    .optionsGroup('Other:')
    .option('--json', 'print JSON')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', PLAN_HELP)
    .action(async (protocol: PlanOptions['protocol'], options: Omit<PlanOptions, 'protocol'>) => {
      const { planCommand } = await import('./plan.ts')
      finish(await planCommand({ ...options, protocol }, environment))
    })
}

const EXIT_CODES = `
Exit codes:
  0    conformant: nothing violated, nothing left open
  1    non-conformant: a requirement is violated, or the baseline is out of date
  2    usage: an argument or a file is wrong; nothing was sent
  3    inconclusive: the server could not be reached or judged
  4    harness error: touchstone itself failed
  130  interrupted; what was found until then is kept and reported
`

const PROGRAM_HELP = `
Examples:
  $ touchstone verify                          the bundled mocks
  $ touchstone verify --url http://127.0.0.1:8080 --target my-server.yaml
  $ touchstone plan --url https://staging.example.org
${EXIT_CODES}`

const VERIFY_HELP = `
Examples:
  $ touchstone verify
  $ touchstone verify --url http://127.0.0.1:8080 --control http://127.0.0.1:8081
  $ touchstone verify --target my-server.yaml --only RELAY-MESSAGE-07 --verbose
  $ touchstone verify --target my-server.yaml --baseline known.yaml --quiet
  $ touchstone verify --url https://staging.example.org --allow writes,sends

Against a server that is not on this machine only scenarios that read are run,
unless --allow or the target file opens more. See touchstone plan first.
${EXIT_CODES}`

const PLAN_HELP = `
Examples:
  $ touchstone plan
  $ touchstone plan --target my-server.yaml --allow writes
  $ touchstone plan --only RELAY-PUSH --json
`
