import type { JSX } from 'preact'
import type { Exchange } from '#evidence/exchange.ts'
import { printable } from '#evidence/printable.ts'
import type { Assertion } from '#evidence/step-evidence.ts'
import type { TakenApart } from '#evidence/taken-apart.ts'
import { curlVariables } from '../curl-variables.ts'
import { exchangeLine, messageText, timingText } from '../exchange-text.ts'
import { Command } from './parts.tsx'
import { Mismatch } from './mismatch.tsx'
import { TakenApartView } from './taken-apart.tsx'

/** An exchange, with what is known of it from elsewhere. */
interface ShownExchange {
  readonly exchange: Exchange
  /** What did not hold of it, to stand beside it; none where that is said already. */
  readonly wrong?: readonly Assertion[]
  /** What was taken apart of it. */
  readonly apart?: readonly TakenApart[]
  /** Whether its place in time and the variables of its command are shown. */
  readonly detailed?: boolean
}

/** An exchange in full: what was expected of it, request and answer side by side, and the command that repeats it. */
export function ExchangeView({
  exchange,
  wrong = [],
  apart = [],
  detailed = true,
}: ShownExchange): JSX.Element {
  const { request, response, failure } = exchange
  return (
    <div>
      {wrong.map((assertion, index) => (
        <Mismatch assertion={assertion} key={index} />
      ))}
      <div class="exchange">
        <div>
          <p class="quiet">Request</p>
          <pre tabIndex={0}>{messageText(request)}</pre>
        </div>
        <div>
          <p class="quiet">Answer</p>
          {response !== null && <pre tabIndex={0}>{messageText(response)}</pre>}
          {failure !== null && <pre tabIndex={0}>{printable(`${failure.kind}: ${failure.detail}`)}</pre>}
        </div>
      </div>
      {detailed && <p class="quiet">{timingText(exchange)}</p>}
      {apart.map((one, index) => (
        <TakenApartView one={one} key={index} />
      ))}
      <Command label="By hand" text={exchange.curl} />
      <Variables command={exchange.curl} detailed={detailed} />
    </div>
  )
}

function Variables({
  command,
  detailed,
}: {
  readonly command: string
  readonly detailed: boolean
}): JSX.Element | null {
  const variables = curlVariables(command)
  if (variables.length === 0) return null
  if (!detailed)
    return (
      <p class="quiet">
        <a href="#by-hand">What its variables are</a>
      </p>
    )
  return (
    <dl class="variables">
      {variables.map(({ name, meaning }) => (
        <>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>{meaning}</dd>
        </>
      ))}
    </dl>
  )
}

/** An exchange as one line that opens into the whole. */
export function ExchangeDetails({
  open,
  ...shown
}: ShownExchange & {
  readonly open: boolean
}): JSX.Element {
  return (
    <details open={open}>
      <summary>
        <code>{exchangeLine(shown.exchange)}</code>
      </summary>
      <ExchangeView {...shown} />
    </details>
  )
}
