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
  optionsOf: (common, { name, peer }) => ({ ...common, protocol: 'relay', name, peers: peer }),
  start: async (options, onError) => {
    const { runRelay } = await import('./mock-relay.ts')
    return runRelay(options, onError)
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
      .addOption(
        new Option(
          '--accept-uri <form>',
          `form of a digest's uri to accept; repeatable (default: absolute, path)`,
        ).argParser((form, before: readonly string[] | undefined) => collected(form, before ?? [])),
      )
  },
  optionsOf: (common, { bsfPort = PORTS.mstore.bsfPort, plain, acceptUri }) => ({
    ...common,
    protocol: 'mstore',
    bsfPort,
    plain,
    acceptUri,
  }),
  start: async (options, onError) => {
    const { runMStore } = await import('./mock-mstore.ts')
    return runMStore(options, onError)
  },
}

/** The mock of each protocol; hand its functions the options of that protocol alone. */
export const MOCK_FORMATS: Readonly<Record<Protocol, MockFormat>> = { relay: RELAY, mstore: MSTORE }
