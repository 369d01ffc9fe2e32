import type { Exchange, RecordedBytes, RecordedHeader } from '#evidence/exchange.ts'
import { printable } from '#evidence/printable.ts'

/** Characters of a body that are shown; the record has more. */
const SHOWN = 4_000

/** An exchange in one printable line: request line, status line or failure, duration. */
export function exchangeLine({ request, response, failure, durationMs }: Exchange): string {
  const answer = [response?.line, failure === null ? undefined : `${failure.kind}: ${failure.detail}`]
  const got = answer.filter((part) => part !== undefined).join('; ')
  return printable(`${request.line} → ${got} (${Math.round(durationMs)} ms)`)
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

function bodyText(body: RecordedBytes): string {
  if (body.bytes === 0) return ''
  const text = body.kind === 'text' ? printable(body.text, true) : body.base64
  const note = body.kind === 'text' ? '' : `[${body.bytes} bytes, in Base64]\n`
  const cut = body.cut || text.length > SHOWN ? `\n[… cut; ${body.bytes} bytes in all]` : ''
  return `${note}${text.slice(0, SHOWN)}${cut}`
}
