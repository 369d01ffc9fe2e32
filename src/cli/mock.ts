import type { Dialect } from '#evidence/run-record.ts'
import { keepMemorySmall } from '#mocks/edge/small-memory.ts'
import type { Protocol } from '#protocol/requirements.ts'
import type { Environment } from './environment.ts'
import type { KnownFault } from './fault-selection.ts'

/** What `touchstone mock` is told of every mock. Port 0 is any free one. */
export interface AnyMockOptions {
  readonly port: number
  readonly controlPort: number
  readonly host: string
  readonly seed?: string | undefined
  readonly dialect: Dialect
  /** Ids of faults that are at work from the start. */
  readonly faults: readonly string[]
  readonly json: boolean
}

/** What it is told of a relay besides. */
export interface RelayMockSettings {
  /** The name by which peers know the mock; its own default where none is given. */
  readonly name?: string | undefined
  /** The other nodes: URLs by name. Where none is given the mock comes with a peer of its own. */
  readonly peers?: Readonly<Record<string, string>> | undefined
}

/** What it is told of an mStore besides. */
export interface MStoreMockSettings {
  /** Port of the bootstrapping server. */
  readonly bsfPort: number
  /** Speaks in clear instead of TLS. */
  readonly plain?: boolean | undefined
  /** The forms of a digest's `uri` that are accepted, in place of those of the dialect. */
  readonly acceptUri?: readonly string[] | undefined
}

/** What `touchstone mock` is told on its command line. */
export type MockOptions = AnyMockOptions &
  (
    | ({ readonly protocol: 'relay' } & RelayMockSettings)
    | ({ readonly protocol: 'mstore' } & MStoreMockSettings)
  )

/** A mock that is listening. */
export interface RunningMock {
  readonly seed: string
  /** What the line of JSON says besides `ready` and `protocol`. */
  readonly ready: Readonly<Record<string, unknown>>
  /** Where it can be reached, by what is to be found there; one line each. */
  readonly places: readonly (readonly [what: string, where: string])[]
  /** Other servers beside it, likewise. */
  readonly beside: readonly (readonly [what: string, where: string])[]
  /** How to use it: lines of text for a person. */
  readonly usage: readonly string[]
  readonly close: () => Promise<void>
}

/** Told of what a mock's own code threw while it served a request. */
export type OnError = (error: unknown) => void

/**
 * Runs `touchstone mock` until it is interrupted, and then ends with 0. Throws a UsageError where the mock
 * cannot be had as asked for: a port that is taken, an unknown fault.
 */
export async function mockCommand(options: MockOptions, environment: Environment): Promise<number> {
  keepMemorySmall()
  const faults = await chosenFaults(options)
  const mock = await started(options, (error) => {
    environment.stderr.write(`the mock failed over a request: ${described(error)}\n`)
  })
  environment.stdout.write(options.json ? readyLine(options.protocol, mock) : banner(mock, options, faults))
  await interruption(environment.interrupted)
  await mock.close()
  return 0
}

/** The list of faults is loaded only where there is one to look up. */
async function chosenFaults({ faults, protocol }: MockOptions): Promise<readonly KnownFault[]> {
  if (faults.length === 0) return []
  const { faultOf, loadFaults } = await import('./fault-selection.ts')
  const known = await loadFaults([protocol])
  return faults.map((id) => faultOf(id, known))
}

/** What the mocks of other protocols are made of is not loaded. */
async function started(options: MockOptions, onError: OnError): Promise<RunningMock> {
  switch (options.protocol) {
    case 'relay': {
      const { runRelay } = await import('./mock-relay.ts')
      return runRelay(options, onError)
    }
    case 'mstore': {
      const { runMStore } = await import('./mock-mstore.ts')
      return runMStore(options, onError)
    }
    default:
      return options satisfies never
  }
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function readyLine(protocol: Protocol, { ready }: RunningMock): string {
  return `${JSON.stringify({ ready: true, protocol, ...ready })}\n`
}

const NAME_COLUMNS = 9

function banner(
  { places, beside, seed, usage }: RunningMock,
  { dialect }: MockOptions,
  faults: readonly KnownFault[],
): string {
  const facts: readonly (readonly [string, string])[] = [
    ...places,
    ['dialect', dialect],
    ['seed', seed],
    ...faults.map((fault): [string, string] => ['fault', `${fault.id}${elsewhere(fault, dialect)}`]),
    ...beside,
  ]
  return [
    ...facts.map(([name, text]) => name.padEnd(NAME_COLUMNS) + text),
    '',
    ...usage,
    '',
    'Ctrl-C stops it.',
    '',
  ].join('\n')
}

/** What the deployed dialect forbids the page may allow. */
function elsewhere(fault: KnownFault, dialect: Dialect): string {
  return fault.dialect === 'deployed' && dialect === 'documented'
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
