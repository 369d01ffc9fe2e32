import { Option } from 'commander'
import type { Protocol } from '#protocol/requirements.ts'
import { collected, namedUrls, portNumber } from './arguments.ts'
import { PORTS } from './choices.ts'
import type { MockFormat, MockMStoreOptions, MockRelayOptions } from './mock-format.ts'

const RELAY: MockFormat<MockRelayOptions> = {
  ports: PORTS.relay,
  addOptions: (command) => {
    command
      .optionsGroup('Of the relay:')
      .option('--tls', 'TLS instead of plain text; --cert and --rsa imply it')
      .option('--name <name>', 'name by which peers know this node (default: north)')
      .addOption(
        new Option(
          '--peer <name=url>',
          'another node to federate with; repeatable (default: a bundled peer)',
        ).argParser((value, before: Readonly<Record<string, string>> | undefined) =>
          namedUrls(value, before ?? {}),
        ),
      )
  },
  optionsOf: (common, { name, peer, tls }) => ({ ...common, protocol: 'relay', name, peers: peer, tls }),
  start: async (options, surroundings) => {
    const { runRelay } = await import('./mock-relay.ts')
    return runRelay(options, surroundings)
  },
}

const MSTORE: MockFormat<MockMStoreOptions> = {
  ports: PORTS.mstore,
  addOptions: (command) => {
    command
      .optionsGroup('Of the mStore:')
      .option(
        '--bsf-port <n>',
        `port of the bootstrapping server (default: ${PORTS.mstore.bsfPort})`,
        portNumber,
      )
      .option('--plain', 'plain text instead of TLS')
      .option(
        '--naf <name>',
        'name by which bootstrapped clients know the server (default: the host they ask)',
      )
      .addOption(
        new Option(
          '--accept-uri <form>',
          `form of a digest's uri to accept; repeatable (default: absolute, path)`,
        ).argParser((form, before: readonly string[] | undefined) => collected(form, before ?? [])),
      )
  },
  optionsOf: (common, { bsfPort = PORTS.mstore.bsfPort, plain, naf, acceptUri }) => ({
    ...common,
    protocol: 'mstore',
    bsfPort,
    plain,
    naf,
    acceptUri,
  }),
  start: async (options, surroundings) => {
    const { runMStore } = await import('./mock-mstore.ts')
    return runMStore(options, surroundings)
  },
}

/** The mock of each protocol; hand its functions the options of that protocol alone. */
export const MOCK_FORMATS: Readonly<Record<Protocol, MockFormat>> = { relay: RELAY, mstore: MSTORE }
