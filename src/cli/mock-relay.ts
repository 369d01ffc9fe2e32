import type { RelayData } from '#mocks/relay/control-data.ts'
import { startRelayPair } from '#mocks/relay/pair.ts'
import { startRelayMock, type RelayMock, type RelayMockOptions } from '#mocks/relay/start.ts'
import { authorityFile } from './authority-file.ts'
import type { MockRelayOptions, MockSurroundings, RunningMock } from './mock-format.ts'
import { startOptions } from './mock-start-options.ts'

/** Starts a relay with a peer of its own beside it, or with those it was given. A bad one is a UsageError. */
export async function runRelay(
  options: MockRelayOptions,
  surroundings: MockSurroundings,
): Promise<RunningMock> {
  const { name, tls, peers = {} } = options
  const { data } = surroundings
  const mock = await started(peers, {
    ...startOptions(options, surroundings),
    ...(data === undefined ? {} : { data: data as RelayData }),
    ...(name === undefined ? {} : { name }),
    ...(tls === undefined ? {} : { tls }),
  })
  const { url, control } = mock
  const ca = authorityFile(mock.ca)
  const trust = ca.path === null ? '' : `--cacert '${ca.path}' `
  return {
    seed: mock.seed,
    ready: { url, control, ...(ca.path === null ? {} : { ca: ca.path }) },
    places: [['relay', url], ['control', control], ...(ca.path === null ? [] : [['ca', ca.path] as const])],
    beside: Object.entries(mock.peers).map(([peer, at]): [string, string] => ['peer', `${peer} ${at}`]),
    usage: [
      'Ask for a verification code, and read it:',
      `  curl -i ${trust}${url}/v1/accounts/sms/code/+14155550100`,
      `  curl ${control}/codes`,
    ],
    close: async () => {
      ca.remove()
      await mock.close()
    },
  }
}

type StartedMock = Pick<RelayMock, 'url' | 'control' | 'ca' | 'seed' | 'close'> & {
  readonly peers: Readonly<Record<string, string>>
}

async function started(
  peers: Readonly<Record<string, string>>,
  options: RelayMockOptions,
): Promise<StartedMock> {
  if (Object.keys(peers).length > 0) return { ...(await startRelayMock({ ...options, peers })), peers }
  const { relay, peer, peerName, close } = await startRelayPair(options)
  return { ...relay, close, peers: { [peerName]: peer.url } }
}
