import { request as clearRequest, type IncomingHttpHeaders } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { answerMistakes } from '#mocks/mstore/answer-check.ts'
import type { MStoreHandled } from '#mocks/mstore/mstore.ts'
import { startMStoreMock, type MStoreMock, type MStoreMockOptions } from '#mocks/mstore/start.ts'
import { answerChallenge, parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { digestUri, type UriForm } from '#protocol/mstore/digest-uri.ts'
import { endpointTarget, type MStoreEndpoint } from '#protocol/mstore/endpoints.ts'
import { askControl, type ControlReply } from './control-client.ts'

/** An answer as it came. */
export interface Answer {
  readonly status: number
  /** The text of the status line. */
  readonly phrase: string
  readonly version: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** One request. Without a User-Agent of its own it has the one that is served; null sends none. */
export interface Leg {
  readonly method?: string
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly userAgent?: string | null
  readonly body?: string | Uint8Array
}

/** What is asked of the mailbox of `msisdn`, by which subscriber (the same, where it is not said), and how. */
export interface Asked {
  readonly msisdn: string
  readonly endpoint: MStoreEndpoint
  readonly as?: string
  readonly method?: string
  readonly json?: unknown
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly uriForm?: UriForm
  /** Changes the second leg before it is sent. */
  readonly alter?: (authorization: string) => string
}

/** A subscriber as the control plane returns it. */
export interface Made {
  readonly msisdn: string
  readonly pin: string
  readonly isim: { readonly impi: string; readonly k: string; readonly opc: string; readonly sqn: string }
  readonly bsf: { readonly url: string; readonly fqdn: string }
  readonly naf: string
}

const running = new Set<MStoreMock>()

/**
 * Starts an mStore mock that `closeMocks` ends. An error of its own code fails the test, and so does an answer
 * that misses its schema, unless the rulebook was changed.
 */
export async function startMock(options: MStoreMockOptions = {}): Promise<MStoreMock> {
  const onError = (error: unknown): void => {
    throw error
  }
  const onAnswer = (handled: MStoreHandled): void => {
    if (handled.answer.kind === 'reply' && handled.outcome.kind === 'crashed') onError(new Error('crashed'))
    const [line] = options.rulebook === undefined ? answerMistakes(handled) : []
    if (line !== undefined) onError(new Error(line))
  }
  const mock = await startMStoreMock({ seed: 'test', onError, onAnswer, ...options })
  running.add(mock)
  return mock
}

/** Ends the mocks that were started. */
export async function closeMocks(): Promise<void> {
  await Promise.all([...running].map((mock) => mock.close()))
  running.clear()
}

/** Asks the control plane; `json` is null where there is no body. */
export function control(mock: MStoreMock, line: string, body?: unknown): Promise<ControlReply> {
  return askControl(mock.control, line, body)
}

/** A new subscriber. */
export async function subscribe(mock: MStoreMock, overrides: object = {}): Promise<Made> {
  const { json } = await control(mock, 'POST /subscribers', overrides)
  return json as unknown as Made
}

/** Sends one request on a connection of its own. */
export function send(mock: MStoreMock, leg: Leg): Promise<Answer> {
  const { method = 'GET', target, userAgent = '3gpp-gba', body = '' } = leg
  const { hostname, port, protocol } = new URL(mock.url)
  const headers = {
    ...(userAgent === null ? {} : { 'User-Agent': userAgent }),
    ...(body.length === 0 ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...leg.headers,
  }
  const ca = mock.ca === null ? {} : { ca: mock.ca }
  const open = protocol === 'https:' ? tlsRequest : clearRequest
  return new Promise((resolve, reject) => {
    const request = open({ hostname, port, method, path: target, agent: false, headers, ...ca })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          phrase: response.statusMessage ?? '',
          version: response.httpVersion,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        })
      })
    })
    request.end(body)
  })
}

/** A call of two legs with credentials that are made inside; gives the answer to the second. */
export async function call(mock: MStoreMock, asked: Asked): Promise<Answer> {
  const { msisdn, endpoint, as = msisdn, method = 'GET', uriForm = 'absolute', alter = same } = asked
  const leg: Leg = {
    method,
    target: endpointTarget(msisdn, endpoint),
    headers: {
      ...(asked.json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...asked.headers,
    },
    body: asked.json === undefined ? (asked.body ?? '') : JSON.stringify(asked.json),
  }
  const first = await send(mock, leg)
  const challenge = parseChallenge(first.headers['www-authenticate'] ?? '')
  if (challenge.kind === 'parse-error') throw new Error(`first leg: ${first.status}, ${challenge.reason}`)
  const uri = digestUri({ origin: mock.url, target: leg.target }, uriForm) ?? ''
  const { json: given } = await control(mock, 'POST /credentials', { msisdn: as })
  const { username = '', password = '' } = given as { readonly username?: string; readonly password?: string }
  const authorization = answerChallenge(challenge, { username, password, method, uri, cnonce: 'c0ffee' })
  return await send(mock, { ...leg, headers: { ...leg.headers, Authorization: alter(authorization) } })
}

/** What the journal says of each request, latest last. */
export async function notes(mock: MStoreMock): Promise<readonly (readonly string[])[]> {
  const { json } = await control(mock, 'GET /journal')
  return (json as { readonly entries: readonly { readonly notes: readonly string[] }[] }).entries.map(
    (entry) => entry.notes,
  )
}

function same(text: string): string {
  return text
}
