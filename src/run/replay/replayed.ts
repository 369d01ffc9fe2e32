import type { Secrets } from '#driver/secrets.ts'
import type { Exchange } from '#evidence/exchange.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { hiddenScheme, type ValueFor, type ReplayedAt } from './recorded-request.ts'

/** What an exchange is sent again with. */
export interface Replay {
  /** Where it was, and values for what the record hides. */
  readonly at: ReplayedAt & { readonly fill: ValueFor }
  readonly env: Readonly<Record<string, string | undefined>>
}

/** An exchange that was made as an earlier one was. */
export interface Replayed {
  readonly exchange: Exchange
  /** Whose credentials were made for it; null where none were. */
  readonly as: string | null
}

/** The values that the user gives for what the record hides, each of which is added to `secrets` when it is asked for. */
export function hiddenValues({ at: { fill } }: Replay, secrets: Secrets): ValueFor {
  return (name) => {
    const value = fill(name)
    if (value !== undefined) secrets.add(value, name)
    return value
  }
}

const AUTH = 'TOUCHSTONE_AUTH'

/**
 * The Authorization that the user gives in the environment, where that of the exchange is hidden, and adds what is given to
 * `secrets`; else null. Throws a UsageError where it is hidden, none is given, and none of its scheme can be made.
 */
export function givenAuthorization(exchange: Exchange, { env }: Replay, secrets: Secrets): string | null {
  const scheme = hiddenScheme(exchange)
  if (scheme === null) return null
  const token = env[AUTH]
  if (token !== undefined && token !== '') {
    secrets.add(token, 'credentials')
    return [scheme, token].filter((part) => part !== '').join(' ')
  }
  if (['basic', 'digest'].includes(scheme.toLowerCase())) return null
  throw new UsageError(
    `${exchange.id}: the record hides its credentials, and none can be made of that form; set ${AUTH} to what stood behind ${JSON.stringify(scheme)}`,
  )
}
