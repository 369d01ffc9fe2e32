import { answerMistakes } from '#mocks/relay/answer-check.ts'
import type { RelayHandled } from '#mocks/relay/relay.ts'
import { startRelayMock, type RelayMock, type RelayMockOptions } from '#mocks/relay/start.ts'
import { attributesOf, authorizationOf, message } from './relay-trial.ts'

/** An answer: its status, media type and body. */
export interface Answer {
  readonly status: number
  readonly type: string | null
  readonly text: string
}

const running = new Set<RelayMock>()

/**
 * Starts a relay mock that `closeMocks` ends. An error of its own code fails the test, and so does an answer
 * that misses its schema, unless the rulebook was changed.
 */
export async function startMock(options: RelayMockOptions = {}): Promise<RelayMock> {
  const failed = (error: unknown): void => {
    throw error
  }
  const onAnswer = (handled: RelayHandled): void => {
    const [line] = options.rulebook === undefined ? answerMistakes(handled, options.dialect) : []
    if (line !== undefined) failed(new Error(line))
  }
  const mock = await startRelayMock({ seed: 'test', onError: failed, onAnswer, ...options })
  running.add(mock)
  return mock
}

/** Ends the mocks that were started. */
export async function closeMocks(): Promise<void> {
  await Promise.all([...running].map((mock) => mock.close()))
  running.clear()
}

/** Sends a request: a JSON body where `json` is given, the text of `body` otherwise. */
export async function send(
  url: string,
  method = 'GET',
  { json, body, headers = {} }: { json?: unknown; body?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const content = json === undefined ? body : JSON.stringify(json)
  const typed = json === undefined ? headers : { 'Content-Type': 'application/json', ...headers }
  const response = await fetch(url, {
    method,
    headers: typed,
    ...(content === undefined ? {} : { body: content }),
  })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

/** Asks the control plane for JSON. */
export async function ask(mock: RelayMock, path: string): Promise<Record<string, unknown>> {
  const { text } = await send(mock.control + path)
  return JSON.parse(text) as Record<string, unknown>
}

/** The header of a number's own credentials. */
export function as(number: string): Record<string, string> {
  return { Authorization: authorizationOf(number) }
}

/** The code last sent to a number. */
export async function codeOf(mock: RelayMock, number: string): Promise<string> {
  const { codes } = await ask(mock, `/codes?number=${encodeURIComponent(number)}`)
  return (codes as readonly { readonly code: string }[]).at(-1)?.code ?? ''
}

/** Registers a number over HTTP, as far as a GCM id `gcm NUMBER`; the statuses of the three requests. */
export async function register(mock: RelayMock, number: string): Promise<readonly number[]> {
  const asked = await send(`${mock.url}/v1/accounts/sms/code/${number}`)
  const confirmed = await send(`${mock.url}/v1/accounts/code/${await codeOf(mock, number)}`, 'PUT', {
    json: attributesOf(number),
    headers: as(number),
  })
  const gcm = await send(`${mock.url}/v1/accounts/gcm/`, 'PUT', {
    json: { gcmRegistrationId: `gcm ${number}` },
    headers: as(number),
  })
  return [asked, confirmed, gcm].map(({ status }) => status)
}

/** Submits one message as `from`. */
export function submit(
  mock: RelayMock,
  { from, to }: { readonly from: string; readonly to: string },
  over = {},
) {
  return send(`${mock.url}/v1/messages/${to}`, 'PUT', {
    json: { messages: [message(over)] },
    headers: as(from),
  })
}
