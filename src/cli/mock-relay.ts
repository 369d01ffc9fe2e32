import { startRelayPair } from '#mocks/relay/pair.ts'
import { startRelayMock, type RelayMock, type RelayMockOptions } from '#mocks/relay/start.ts'
import type { MockRelayOptions, OnError, RunningMock } from './mock-format.ts'

/** Starts a relay with a peer of its own beside it, or with those it was given. A bad one is a UsageError. */
export async function runRelay(options: MockRelayOptions, onError: OnError): Promise<RunningMock> {
  const { port, controlPort, host, seed, dialect, faults, variants, name, peers = {} } = options
  const mock = await started(peers, {
    port,
    controlPort,
    host,
    dialect,
    faults,
    variants,
    onError,
    ...(seed === undefined ? {} : { seed }),
    ...(name === undefined ? {} : { name }),
  })
  const { url, control } = mock
  return {
    seed: mock.seed,
    ready: { url, control },
    places: [
      ['relay', url],
      ['control', control],
    ],
    beside: Object.entries(mock.peers).map(([peer, at]): [string, string] => ['peer', `${peer} ${at}`]),
    usage: [
      'Ask for a verification code, and read it:',
      `  curl -i ${url}/v1/accounts/sms/code/+14155550100`,
      `  curl ${control}/codes`,
    ],
    close: mock.close,
  }
}

type StartedMock = Pick<RelayMock, 'url' | 'control' | 'seed' | 'close'> & {
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
