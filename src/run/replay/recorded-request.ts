import type { Exchange, RecordedBytes, RecordedHeader } from '#evidence/exchange.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { parseBase } from '#driver/endpoint.ts'
import { secretVariable } from '#driver/secret-variable.ts'
import { headerValue, type WireRequest } from '#driver/wire-request.ts'

/** A value for what a record has a name in place of, such as `verification code`; undefined where there is none. */
export type ValueFor = (name: string) => string | undefined

/** Whether a name stands in place of something in the request of an exchange, wherever. */
export function asksFor(exchange: Exchange, name: string): boolean {
  const { line, headers, body } = exchange.request
  const texts = [line, ...headers.map(([, value]) => value), bytesOf(body).toString('utf8')]
  return texts.some((text) => text.includes(`‹${name}›`))
}

/** The word before hidden credentials: `Digest`, `Basic`; empty where there is none, null where nothing is hidden. */
export function hiddenScheme({ request: { headers } }: Exchange): string | null {
  const value = headerValue(headers, 'Authorization') ?? ''
  const [whole, scheme = ''] = /^(?:(\S+) )?‹credentials, \d+ characters›$/.exec(value) ?? []
  return whole === undefined ? null : scheme
}

/** The server that an exchange was with, and the headers that are sent to it anyway. */
export interface ReplayedAt {
  /** Its base URL, as the record of the run has it. */
  readonly url: string
  readonly given: readonly string[]
}

/**
 * The request of an exchange as it can be sent again below another base URL: without what the wire client adds, and with
 * values in place of names. An Authorization that is hidden is left as it is. Throws a UsageError that says what is
 * missing, and for a request that the record does not have whole.
 */
export function recordedRequest(exchange: Exchange, { url, given }: ReplayedAt, fill: ValueFor): WireRequest {
  const { operation, request } = exchange
  const [, method, path] = /^(\S+) ((?:[^ ‹]|‹[^›]+›)+) HTTP\/1\.1$/.exec(request.line) ?? []
  if (method === undefined || path === undefined)
    throw new UsageError(
      `${exchange.id}: was written byte by byte (${JSON.stringify(request.line.slice(0, 40))}), so it cannot be sent again; run its scenario again`,
    )
  const { origin, prefix } = parseBase(url)
  if (ELSEWHERE.test(operation))
    throw new UsageError(`${exchange.id}: ${operation} went to another server than the one under test`)
  if (!URL.canParse(exchange.url) || new URL(exchange.url).origin !== origin.origin)
    throw new UsageError(`${exchange.id}: went to ${exchange.url}, which is not the server at ${url}`)
  const missing = new Set<string>()
  const filled = (text: string): string => filledIn(text, fill, missing)
  const host = new URL(exchange.url).host
  const headers = request.headers
    .filter(([name, value]) => !isAdded(name, value, { host, given }))
    .map(([name, value]): RecordedHeader => [
      name,
      name.toLowerCase() === 'authorization' ? value : filled(value),
    ])
  const target = filled(path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path)
  const body = wholeBody(exchange, fill, missing)
  if (missing.size > 0) throw new UsageError(missingValues(exchange.id, [...missing]))
  return { operation, method, target, headers, body }
}

function missingValues(id: string, names: readonly string[]): string {
  const variables = names.map(secretVariable).join(', ')
  return `${id}: the record hides ${names.map((name) => `‹${name}›`).join(', ')}: expected a value in the environment, got none; set ${variables}`
}

/** Operations of a bootstrapping server and of a store of attachments. */
const ELSEWHERE = /of the bootstrapping server$|\{attachment_url\}/

const NAME = /‹([^‹›]+)›/g

function filledIn(text: string, fill: ValueFor, missing: Set<string>): string {
  return text.replace(NAME, (whole, name: string) => {
    const value = fill(name)
    if (value === undefined) missing.add(name)
    return value ?? whole
  })
}

function wholeBody(
  { id, request: { body } }: Exchange,
  fill: ValueFor,
  missing: Set<string>,
): Uint8Array | null {
  if (body.bytes === 0) return null
  if (body.cut)
    throw new UsageError(
      `${id}: of its ${body.bytes} bytes the record has the first part alone, so it cannot be sent again; run its scenario again`,
    )
  const bytes = bytesOf(body)
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? Buffer.from(filledIn(text, fill, missing)) : bytes
}

function bytesOf(body: RecordedBytes): Buffer {
  return body.kind === 'text' ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64')
}

/** Whether a header is one that is written anew: by the wire client, or since the target file says so. */
function isAdded(
  name: string,
  value: string,
  { host, given }: { readonly host: string; readonly given: readonly string[] },
): boolean {
  const known = name.toLowerCase()
  if (known === 'host') return value === host
  return (
    known === 'content-length' ||
    (known === 'connection' && value === 'close') ||
    given.some((each) => each.toLowerCase() === known)
  )
}
