import { Argument, Option, type Command } from 'commander'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import { DIALECTS, PORTS } from './choices.ts'
import { collected, namedUrls, wholeNumber } from './arguments.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import type { AnyMockOptions, MockOptions, MStoreMockSettings, RelayMockSettings } from './mock.ts'

const HIGHEST_PORT = 65_535

/** What commander makes of the command line; `--fault`, `--peer` and `--accept-uri` may be given several times. */
interface Given
  extends
    Partial<Pick<AnyMockOptions, 'port' | 'controlPort'>>,
    Pick<AnyMockOptions, 'host' | 'seed' | 'dialect'> {
  readonly fault: readonly string[]
  readonly json?: boolean
  readonly name?: string
  readonly peer?: Readonly<Record<string, string>>
  readonly bsfPort?: number
  readonly plain?: boolean
  readonly acceptUri?: readonly string[]
}

/** Adds `touchstone mock`. */
export function defineMock(program: Command, { environment, finish }: CommandLine): void {
  const command = subcommand(program, 'mock')
    .summary('run a mock server until it is interrupted')
    .description('Runs a mock server with its control plane until Ctrl-C or SIGTERM.')
    .addArgument(new Argument('<protocol>', 'the protocol').choices(PROTOCOLS))
  addCommonOptions(command)
  addRelayOptions(command)
  addMStoreOptions(command)
  command.addHelpText('after', HELP).action(async (protocol: Protocol, given: Given) => {
    refuseStrayOptions(command, protocol)
    const { mockCommand } = await import('./mock.ts')
    finish(await mockCommand(optionsOf(protocol, given), environment))
  })
}

function addCommonOptions(command: Command): void {
  const port = wholeNumber(0, HIGHEST_PORT)
  const { relay, mstore } = PORTS
  command
    .option(
      '--port <n>',
      `port of the server; 0 takes any free one (default: ${relay.port}, mstore ${mstore.port})`,
      port,
    )
    .option(
      '--control-port <n>',
      `port of the control plane (default: ${relay.controlPort}, mstore ${mstore.controlPort})`,
      port,
    )
    .option('--host <address>', 'address the server listens on', '127.0.0.1')
    .addOption(
      new Option('--dialect <dialect>', 'how the page is read').choices(DIALECTS).default('documented'),
    )
    .addOption(
      new Option('--fault <id>', 'a deliberate violation; repeatable')
        .argParser(collected)
        .default([], 'none'),
    )
    .option('--seed <text>', 'seed of codes, ids and nonces (default: random)')
    .option('--json', 'print one line of JSON when ready, and nothing else')
}

/** The options that only one protocol has, as commander names them. */
const OWN: Readonly<Record<Protocol, readonly string[]>> = {
  relay: ['name', 'peer'],
  mstore: ['bsfPort', 'plain', 'acceptUri'],
}

function addRelayOptions(command: Command): void {
  command
    .optionsGroup('Of the relay:')
    .option('--name <name>', 'name by which peers know this node (default: north)')
    .addOption(
      new Option(
        '--peer <name=url>',
        'another node to federate with; repeatable (default: a bundled peer)',
      ).argParser((value, before: Readonly<Record<string, string>> | undefined) =>
        namedUrls(value, before ?? {}),
      ),
    )
}

function addMStoreOptions(command: Command): void {
  command
    .optionsGroup('Of the mStore:')
    .option(
      '--bsf-port <n>',
      `port of the bootstrapping server (default: ${PORTS.mstore.bsfPort})`,
      wholeNumber(0, HIGHEST_PORT),
    )
    .option('--plain', 'speak in clear instead of TLS')
    .addOption(
      new Option(
        '--accept-uri <form>',
        `form of a digest's uri to accept; repeatable (default: absolute, path)`,
      ).argParser((form, before: readonly string[] | undefined) => collected(form, before ?? [])),
    )
}

/** Refuses what is given to a mock that has no use for it. */
function refuseStrayOptions(command: Command, protocol: Protocol): void {
  const others = PROTOCOLS.filter((each) => each !== protocol).flatMap((each) => OWN[each])
  const stray = command.options.find(
    (option) =>
      others.includes(option.attributeName()) &&
      command.getOptionValueSource(option.attributeName()) === 'cli',
  )
  if (stray !== undefined) command.error(`error: mock ${protocol} has no option '${stray.long ?? ''}'`)
}

function optionsOf(protocol: Protocol, given: Given): MockOptions {
  const { fault: faults, json = false, host, seed, dialect } = given
  const { port = PORTS[protocol].port, controlPort = PORTS[protocol].controlPort } = given
  const common: AnyMockOptions = { port, controlPort, host, seed, dialect, faults, json }
  switch (protocol) {
    case 'relay':
      return { ...common, protocol, ...relaySettings(given) }
    case 'mstore':
      return { ...common, protocol, ...mStoreSettings(given) }
    default:
      return protocol satisfies never
  }
}

function relaySettings({ name, peer }: Given): RelayMockSettings {
  return { name, peers: peer }
}

function mStoreSettings({ bsfPort = PORTS.mstore.bsfPort, plain, acceptUri }: Given): MStoreMockSettings {
  return { bsfPort, plain, acceptUri }
}

const HELP = `
Examples:
  $ touchstone mock relay
  $ touchstone mock relay --port 0 --control-port 0 --json
  $ touchstone mock relay --dialect deployed --seed 1
  $ touchstone mock relay --name north --peer south=http://127.0.0.1:9080
  $ touchstone mock mstore
  $ touchstone mock mstore --plain --accept-uri absolute
`
