import type { Exchange, RecordedBytes, RecordedHeader } from '#evidence/exchange.ts'
import { printable } from '#evidence/printable.ts'
import { exchangeNumber } from './replay/recorded-exchanges.ts'
import { bodyText } from './body-text.ts'

/** An exchange in one printable line: request line, status line or failure, duration. */
export function exchangeLine({ request, response, failure, durationMs }: Exchange): string {
  const answer = [response?.line, failure === null ? undefined : `${failure.kind}: ${failure.detail}`]
  const got = answer.filter((part) => part !== undefined).join('; ')
  return printable(`${request.line} → ${got} (${Math.round(durationMs)} ms)`)
}

/** Which exchange it is, when it was, how long it took, and how much went each way: `exchange 17, 12:00:00.250 UTC, 3 ms; …`. */
export function timingText(exchange: Exchange): string {
  const { startedAt, durationMs, sentBytes, receivedBytes } = exchange
  const at = new Date(startedAt).toISOString().slice(11, 23)
  return `exchange ${exchangeNumber(exchange)}, ${at} UTC, ${Math.round(durationMs)} ms; ${sentBytes} bytes sent, ${receivedBytes} received`
}

/** A request or an answer as it stood on the wire, printable, line by line; a long body is cut. */
export function messageText(message: {
  readonly line: string
  readonly headers: readonly RecordedHeader[]
  readonly body: RecordedBytes
}): string {
  const headers = message.headers.map(([name, value]) => printable(`${name}: ${value}`))
  const body = bodyText(message.body)
  return [printable(message.line), ...headers, ...(body === '' ? [] : ['', body])].join('\n')
}
