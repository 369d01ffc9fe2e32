import type { JSX } from 'preact'
import type { Exchange } from '#evidence/exchange.ts'
import { printable } from '#evidence/printable.ts'
import { exchangeLine, messageText } from '../exchange-text.ts'
import { Command } from './parts.tsx'

/** An exchange in full: request and answer as text, and the command that repeats it. */
export function ExchangeView({ exchange }: { readonly exchange: Exchange }): JSX.Element {
  const { request, response, failure } = exchange
  return (
    <div>
      <p class="quiet">Request</p>
      <pre tabIndex={0}>{messageText(request)}</pre>
      <p class="quiet">Answer</p>
      {response !== null && <pre tabIndex={0}>{messageText(response)}</pre>}
      {failure !== null && <pre tabIndex={0}>{printable(`${failure.kind}: ${failure.detail}`)}</pre>}
      <Command label="By hand" text={exchange.curl} />
    </div>
  )
}

/** An exchange as one line that opens into the whole. */
export function ExchangeDetails({
  exchange,
  open,
}: {
  readonly exchange: Exchange
  readonly open: boolean
}): JSX.Element {
  return (
    <details open={open}>
      <summary>
        <code>{exchangeLine(exchange)}</code>
      </summary>
      <ExchangeView exchange={exchange} />
    </details>
  )
}
