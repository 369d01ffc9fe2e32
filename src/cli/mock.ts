import type { Dialect } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { startRelayPair } from '#mocks/relay/pair.ts'
import { startRelayMock, type RelayMock, type RelayMockOptions } from '#mocks/relay/start.ts'
import type { Protocol } from '#protocol/requirements.ts'
import type { Environment } from './environment.ts'
import { faultOf } from './fault-selection.ts'

/** What `touchstone mock` is told on its command line. Port 0 is any free one. */
export interface MockOptions {
  readonly protocol: Protocol
  readonly port: number
  readonly controlPort: number
  readonly host: string
  readonly seed?: string | undefined
  readonly dialect: Dialect
  /** Ids of faults that are at work from the start. */
  readonly faults: readonly string[]
  /** The name by which peers know the mock; its own default where none is given. */
  readonly name?: string | undefined
  /** The other nodes: URLs by name. Where none is given the mock comes with a peer of its own. */
  readonly peers?: Readonly<Record<string, string>> | undefined
  readonly json: boolean
}

/**
 * Runs `touchstone mock` until it is interrupted, and then ends with 0. Throws a UsageError where the mock
 * cannot be had as asked for: a port that is taken, an unknown fault, a protocol without a mock.
 */
export async function mockCommand(options: MockOptions, environment: Environment): Promise<number> {
  if (options.protocol !== 'relay') {
    throw new UsageError(`mock ${options.protocol}: there is no such mock yet; expected relay`)
  }
  const { port, controlPort, host, seed, dialect, faults, name, peers = {} } = options
  faults.forEach(faultOf)
  const mock = await started(peers, {
    ...{ port, controlPort, host, dialect, faults },
    ...(seed === undefined ? {} : { seed }),
    ...(name === undefined ? {} : { name }),
    onError: (error) => {
      environment.stderr.write(`the mock failed over a request: ${described(error)}\n`)
    },
  })
  environment.stdout.write(options.json ? readyLine(mock) : banner(mock, options))
  await interruption(environment.interrupted)
  await mock.close()
  return 0
}

/** A mock with a peer of its own beside it, or with those it was given. */
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

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function readyLine({ url, control }: StartedMock): string {
  return `${JSON.stringify({ ready: true, protocol: 'relay', url, control })}\n`
}

function banner({ url, control, seed, peers }: StartedMock, { dialect, faults }: MockOptions): string {
  return [
    `relay    ${url}`,
    `control  ${control}`,
    `dialect  ${dialect}`,
    `seed     ${seed}`,
    ...faults.map((id) => `fault    ${id}${elsewhere(id, dialect)}`),
    ...Object.entries(peers).map(([name, peer]) => `peer     ${name} ${peer}`),
    '',
    'Ask for a verification code, and read it:',
    `  curl -i ${url}/v1/accounts/sms/code/+14155550100`,
    `  curl ${control}/codes`,
    '',
    'Ctrl-C stops it.',
    '',
  ].join('\n')
}

/** What the deployed dialect forbids the page may allow. */
function elsewhere(id: string, dialect: Dialect): string {
  return faultOf(id).dialect === 'deployed' && dialect === 'documented'
    ? ' (a fault in dialect deployed alone)'
    : ''
}

function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve()
        },
        { once: true },
      )
  })
}
