import type { Exchange, RecordedBytes, RecordedHeader } from '#evidence/exchange.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { exchangesOf, type ScenarioResult } from '#verdict/outcome.ts'

/**
 * All exchanges of a run as an HTTP Archive (HAR 1.2): a page for each scenario, an entry for each request of its last
 * attempt, in the order in which they were made. Secrets are replaced as in every file of a run. An exchange without
 * an answer has status 0, and a comment that says why.
 */
export function har({ scenarios }: Verdicts, { tool }: RunRecord): object {
  const judged = scenarios.map((scenario) => ({ scenario, exchanges: exchangesOf(scenario) }))
  const seen = judged.filter(({ exchanges }) => exchanges.length > 0)
  const entries = seen.flatMap(({ scenario, exchanges }) =>
    exchanges.map((exchange) => ({
      startedAt: exchange.startedAt,
      entry: entry(exchange, pageId(scenario)),
    })),
  )
  return {
    log: {
      version: '1.2',
      creator: { name: 'Touchstone', version: tool.version },
      pages: seen.map(({ scenario, exchanges }) => page(scenario, exchanges)),
      entries: entries.sort((one, other) => one.startedAt - other.startedAt).map((one) => one.entry),
    },
  }
}

function pageId({ uri, line }: ScenarioResult): string {
  return `${uri}:${line}`
}

function page(scenario: ScenarioResult, [first]: readonly Exchange[]): object {
  return {
    id: pageId(scenario),
    title: scenario.name,
    startedDateTime: scenario.startedAt ?? instant(first?.startedAt ?? 0),
    pageTimings: {},
    comment: scenario.outcome,
  }
}

function entry(exchange: Exchange, pageref: string): object {
  const { startedAt, durationMs, failure, operation } = exchange
  return {
    pageref,
    startedDateTime: instant(startedAt),
    time: durationMs,
    request: request(exchange),
    response: response(exchange),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: failure === null ? operation : `${operation}: ${failure.kind}: ${failure.detail}`,
  }
}

function request({ request: { line, headers, body }, url }: Exchange): object {
  // A name that stands for a secret in the target may have blanks.
  const words = line.split(' ')
  return {
    method: words.at(0) ?? '',
    url: url.replaceAll(NOT_OF_URLS, encodeURIComponent),
    httpVersion: words.at(-1) ?? '',
    cookies: [],
    headers: headers.map(named),
    queryString: queryOf(url),
    ...(body.bytes === 0 ? {} : { postData: { mimeType: mediaType(headers), ...text(body) } }),
    headersSize: -1,
    bodySize: body.bytes,
  }
}

const NOT_OF_URLS = /[^\x21-\x7e]+/g

function response({ response: answer }: Exchange): object {
  const headers = answer?.headers ?? []
  const [version = '', , ...reason] = (answer?.line ?? '').split(' ')
  return {
    status: answer?.status ?? 0,
    statusText: reason.join(' '),
    httpVersion: version,
    cookies: [],
    headers: headers.map(named),
    content: { size: answer?.body.bytes ?? 0, mimeType: mediaType(headers), ...content(answer?.body) },
    redirectURL: valueOf(headers, 'location'),
    headersSize: -1,
    bodySize: answer?.body.bytes ?? -1,
  }
}

function content(body: RecordedBytes | undefined): object {
  if (body === undefined) return {}
  return body.kind === 'base64' ? { ...text(body), encoding: 'base64' } : text(body)
}

/** HAR knows an encoding of answers alone; the comment says how a request's bytes are written. */
function text(body: RecordedBytes): { readonly text: string; readonly comment?: string } {
  const notes = [
    ...(body.kind === 'base64' ? ['Base64'] : []),
    ...(body.cut ? [`the first part of ${body.bytes} bytes`] : []),
  ]
  return {
    text: body.kind === 'base64' ? body.base64 : body.text,
    ...(notes.length === 0 ? {} : { comment: notes.join(', ') }),
  }
}

function named([name, value]: RecordedHeader): { readonly name: string; readonly value: string } {
  return { name, value }
}

function valueOf(headers: readonly RecordedHeader[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''
}

function mediaType(headers: readonly RecordedHeader[]): string {
  return valueOf(headers, 'content-type')
}

/** Names and values of the query, as HAR lists them; none where the URL cannot be read. */
function queryOf(url: string): readonly object[] {
  return URL.canParse(url) ? [...new URL(url).searchParams].map(named) : []
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}
