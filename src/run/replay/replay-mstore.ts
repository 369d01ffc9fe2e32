import { createSubscribers, type Subscriber } from '#driver/capabilities/subscribers.ts'
import { answerReader } from '#driver/capabilities/answer-reader.ts'
import { CapabilityFailure } from '#driver/capabilities/failures.ts'
import { openControlPlane } from '#driver/capabilities/control-plane.ts'
import type { GbaCredentials } from '#driver/capabilities/gba.ts'
import { finalResult, type CallAs } from '#driver/mstore/client.ts'
import { sharedPace } from '#driver/shared-pace.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { exchangeOf } from '#driver/wire-client.ts'
import { withHeader } from '#driver/wire-request.ts'
import type { Exchange } from '#evidence/exchange.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { decodeBase64 } from '#protocol/base64.ts'
import { trialClient } from '../targets/mstore-trial-client.ts'
import { hiddenScheme, recordedRequest } from './recorded-request.ts'
import { givenAuthorization, hiddenValues, type Replay, type Replayed } from './replayed.ts'

/**
 * Sends an exchange with an mStore again. A hidden digest is made anew: with a challenge of the server's for this request,
 * and the credentials of a fresh bootstrap for the mailbox that the URL names.
 */
export async function replayMStore(
  exchange: Exchange,
  target: MStoreTarget,
  replay: Replay,
): Promise<Replayed> {
  const { client, secrets } = trialClient(target, { pace: sharedPace(target) })
  const request = recordedRequest(exchange, replay.at, hiddenValues(replay, secrets))
  const given = givenAuthorization(exchange, replay, secrets)
  if (given !== null)
    return { exchange: exchangeOf(await client.send(withHeader(request, 'Authorization', given))), as: null }
  if (hiddenScheme(exchange) === null) return { exchange: exchangeOf(await client.send(request)), as: null }
  const msisdn = mailboxIn(request.target) ?? target.mailbox
  if (msisdn === null)
    throw new UsageError(
      `${exchange.id}: expected the number of a mailbox in its URL, got ${secrets.redact(request.target)}`,
    )
  const as = await partyFor(msisdn, target)
  const call = await client.call(withHeader(request, 'Authorization', null), as)
  if (call.second === null && call.challenge.kind === 'parse-error')
    throw new UsageError(`${exchange.id}: no digest could be made for it: ${call.challenge.reason}`)
  return { exchange: exchangeOf(finalResult(call)), as: `a fresh bootstrap of ${msisdn}` }
}

/** The number in `…/tel:+15555558264/…`, in whatever spelling. */
function mailboxIn(target: string): string | null {
  return /\/tel(?::|%3A)(?:\+|%2B)(\d+)/i.exec(target)?.[1]?.replace(/^/, '+') ?? null
}

const listed = answerReader<{ readonly subscribers: readonly { readonly msisdn: string }[] }>('subscribers')
const made = answerReader<{ readonly username: string; readonly password: string }>('credentials')

/** Whose credentials the call is made with. On a mock the subscriber is made where it is gone, with its card. */
async function partyFor(msisdn: string, target: MStoreTarget): Promise<CallAs> {
  const source = target.capabilities.subscribers
  const subscriber: Subscriber = { msisdn, pin: null, sim: null }
  if (source === null) return { subscriber }
  const plane = openControlPlane('replay', source.url, target)
  const { subscribers } = await plane.get(`/subscribers?msisdn=${encodeURIComponent(msisdn)}`, listed)
  if (subscribers.length === 0) return { subscriber: await createSubscribers(target).create({ msisdn }) }
  const { username, password } = await plane.post('/credentials', { msisdn }, made)
  return { subscriber, credentials: { btid: username, key: keyOf(password), bootstrap: null } }
}

function keyOf(password: string): GbaCredentials['key'] {
  const key = decodeBase64(password)
  if (key.kind === 'parse-error') throw new CapabilityFailure(`replay: POST /credentials: ${key.reason}`)
  return key.bytes
}
