import { keepMemorySmall } from '#mocks/edge/small-memory.ts'
import type { Dialect, Protocol } from '#protocol/requirements.ts'
import type { Environment } from './environment.ts'
import type { KnownFault } from './fault-selection.ts'
import type { MockOptions, RunningMock } from './mock-format.ts'
import { givenCertificate, givenData } from './mock-files.ts'
import type { OnRequest } from './request-log.ts'
import { MOCK_FORMATS } from './mock-formats.ts'

/**
 * Runs `touchstone mock` until it is interrupted, and then ends with 0. Throws a UsageError where the mock
 * cannot start with these options: a port that is in use, an unknown fault.
 */
export async function mockCommand(options: MockOptions, environment: Environment): Promise<number> {
  keepMemorySmall()
  const faults = await chosenFaults(options)
  await checkVariants(options)
  const certificate = givenCertificate(options, environment.cwd)
  const data = await givenData(options, environment.cwd)
  const mock = await MOCK_FORMATS[options.protocol].start(options, {
    onError: (error) => {
      environment.stderr.write(`the mock failed over a request: ${described(error)}\n`)
    },
    ...(certificate === undefined ? {} : { certificate }),
    data,
    ...(options.log === undefined ? {} : { onRequest: await loggedTo(options.log, environment) }),
  })
  environment.stdout.write(options.json ? readyLine(options.protocol, mock) : banner(mock, options, faults))
  await interruption(environment.interrupted)
  await mock.close()
  return 0
}

async function loggedTo(log: string | true, environment: Environment): Promise<OnRequest> {
  const { requestLog } = await import('./request-log.ts')
  return requestLog(log, environment)
}

/** The list of faults is loaded only where there is one to look up. */
async function chosenFaults({ faults, protocol }: MockOptions): Promise<readonly KnownFault[]> {
  if (faults.length === 0) return []
  const { faultOf, loadFaults } = await import('./fault-selection.ts')
  const known = await loadFaults([protocol])
  return faults.map((id) => faultOf(id, known))
}

/** The same for variants. */
async function checkVariants({ variants, protocol }: MockOptions): Promise<void> {
  if (variants.length === 0) return
  const { loadVariants, variantOf } = await import('./variant-selection.ts')
  const known = await loadVariants([protocol])
  for (const id of variants) variantOf(id, known)
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
  { dialect, variants }: MockOptions,
  faults: readonly KnownFault[],
): string {
  const facts: readonly (readonly [string, string])[] = [
    ...places,
    ['dialect', dialect],
    ['seed', seed],
    ...faults.map((fault): [string, string] => ['fault', `${fault.id}${elsewhere(fault, dialect)}`]),
    ...variants.map((id): [string, string] => ['variant', id]),
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

/** What is a violation in the deployed dialect may be allowed in the documented one. */
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
