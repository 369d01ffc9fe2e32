import { fromUtf8 } from '#protocol/bytes.ts'
import { printable } from '#evidence/printable.ts'
import { parseBase } from '../endpoint.ts'
import type { AnyTarget } from '../target.ts'
import type { AnswerReader } from './answer-reader.ts'
import { CapabilityFailure } from './failures.ts'
import { createPlainHttp, type PlainRequest, type PlainResponse, type SendPlain } from './plain-http.ts'

/**
 * The control plane that a mock, or a deployment beside its relay, offers. Its traffic is no evidence and
 * is not recorded. Every member throws a CapabilityFailure that names URL, expected and got when the
 * control plane cannot be reached, refuses, or answers something else than JSON of the right shape.
 */
export interface ControlPlane {
  get<Value>(path: string, reader: AnswerReader<Value>): Promise<Value>
  post<Value>(path: string, body: object, reader: AnswerReader<Value>): Promise<Value>
  /** Sets something; of the answer only the status counts. */
  put(path: string, body: object): Promise<void>
}

/** What a control plane needs besides its URL: the target's time-outs and certificates. */
export type ControlPlaneTarget = Pick<AnyTarget, 'timeouts' | 'tls'>

/** The control plane at `url`, for the capability called `what`. A URL that is none is a UsageError. */
export function openControlPlane(
  what: string,
  url: string,
  { timeouts, tls }: ControlPlaneTarget,
): ControlPlane {
  const base = baseUrl(url)
  const send = createPlainHttp({ answerMs: timeouts.answerMs, tls })
  const asked = (method: string, path: string): AskedPlace => ({
    place: `${what}: ${method} ${url}${path}`,
    ifAbsent: 'start the control plane, or correct its URL',
  })
  return {
    get: (path, reader) => {
      return jsonOf(send, { method: 'GET', url: base + path }, { ...asked('GET', path), reader })
    },
    post: (path, json, reader) => {
      const request = { method: 'POST', url: base + path, json }
      return jsonOf(send, request, { ...asked('POST', path), reader })
    },
    put: async (path, json) => {
      await granted(send, { method: 'PUT', url: base + path, json }, asked('PUT', path))
    },
  }
}

/** A base URL without a slash at its end; a UsageError where it is none. */
export function baseUrl(url: string): string {
  const { origin, prefix } = parseBase(url)
  return origin.origin + prefix
}

/** What is asked, which begins the message where it fails, and what to do where no server is there. */
interface AskedPlace {
  readonly place: string
  readonly ifAbsent?: string
}

/** What is expected of an answer besides. */
interface ExpectedJson<Value> extends AskedPlace {
  readonly reader: AnswerReader<Value>
}

/** Codes of the system by which nothing listens at an address, or nothing has that name. */
const ABSENT: readonly (string | null)[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]

/** The JSON that a request is answered with. Throws a CapabilityFailure where it is refused, or other JSON comes. */
export async function jsonOf<Value>(
  send: SendPlain,
  request: PlainRequest,
  { reader, ...asked }: ExpectedJson<Value>,
): Promise<Value> {
  return reader(parsed(await granted(send, request, asked), asked.place), asked.place)
}

async function granted(
  send: SendPlain,
  request: PlainRequest,
  { place, ifAbsent }: AskedPlace,
): Promise<PlainResponse> {
  const outcome = await send(request)
  if (outcome.kind === 'failed') {
    const todo = ABSENT.includes(outcome.code) ? ifAbsent : undefined
    throw new CapabilityFailure(`${place}: expected an answer, got none: ${printable(outcome.reason)}`, todo)
  }
  const { response } = outcome
  if (response.status < 200 || response.status > 299) {
    throw new CapabilityFailure(`${place}: expected 2xx, got ${response.status} ${quoted(response)}`.trim())
  }
  return response
}

function parsed(response: PlainResponse, place: string): unknown {
  try {
    return JSON.parse(fromUtf8(response.body) ?? '')
  } catch {
    throw new CapabilityFailure(`${place}: expected JSON, got ${quoted(response) || '""'}`)
  }
}

const SHOWN_CHARACTERS = 60

/** The beginning of a body in quotes; nothing where there is none. */
function quoted({ body }: PlainResponse): string {
  const beginning = printable(Buffer.from(body).toString('utf8').slice(0, SHOWN_CHARACTERS))
  return beginning === '' ? '' : JSON.stringify(beginning)
}
