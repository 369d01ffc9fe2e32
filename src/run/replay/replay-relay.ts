import { randomBytes } from 'node:crypto'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { basic, requestCode } from '#driver/relay/operations.ts'
import { newNumber, newSignalingKey } from '#driver/relay/parties.ts'
import { newCredentials, refusal, registerAccount, type Registering } from '#driver/relay/register-account.ts'
import { sharedPace } from '#driver/shared-pace.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { RelayTarget } from '#driver/target.ts'
import { unrecordedClient } from '#driver/unrecorded-client.ts'
import { exchangeOf } from '#driver/wire-client.ts'
import { withHeader } from '#driver/wire-request.ts'
import type { Exchange } from '#evidence/exchange.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { asksFor, hiddenScheme, recordedRequest, type ValueFor } from './recorded-request.ts'
import { refuseRisks } from './refuse-risks.ts'
import { givenAuthorization, hiddenValues, type Replay, type Replayed } from './replayed.ts'

/**
 * Sends an exchange with a relay again. Hidden Basic credentials are those of an account that is registered for it; of a
 * confirmation they are new ones, and so is the code.
 */
export async function replayRelay(
  exchange: Exchange,
  target: RelayTarget,
  replay: Replay,
): Promise<Replayed> {
  const secrets = secretsOf([target])
  const client = unrecordedClient(target, { pace: sharedPace(target), secrets })
  const given = givenAuthorization(exchange, replay, secrets)
  const needsParty = given === null && hiddenScheme(exchange) !== null
  const fill = hiddenValues(replay, secrets)
  const request = (made: ValueFor) => recordedRequest(exchange, replay.at, (name) => fill(name) ?? made(name))
  // What is missing or not allowed is said before anything is sent.
  request((name) => (needsParty && MADE.includes(name) ? name : undefined))
  if (needsParty) refuseParty(exchange, target)
  const codes = createCapabilities(target).verificationCodes
  const party = needsParty ? await newParty(exchange, { client, codes, target, random: randomBytes }) : null
  for (const [name, value] of party?.values ?? []) secrets.add(value, name)
  const authorization = party?.authorization ?? given
  const written = request((name) => party?.values.get(name))
  const result = await client.send(
    authorization === null ? written : withHeader(written, 'Authorization', authorization),
  )
  return {
    exchange: exchangeOf(result),
    as: party === null ? null : secrets.redact(`a new account, ${party.number}`),
  }
}

const CODE = 'verification code'
/** What a new party has values of, by the names that stand in a record for it. */
const MADE: readonly string[] = ['password', 'signalingKey', CODE]

/** Throws where no account may be registered at the target, or none can be. */
function refuseParty({ id }: Exchange, target: RelayTarget): void {
  refuseRisks(`${id}, for which an account is registered`, ['writes', 'sends'], target)
  if (target.capabilities.verificationCode === null) throw new MissingCapability('verificationCode')
}

/** A party that was made for one request. */
interface NewParty {
  readonly number: string
  readonly authorization: string
  readonly values: ReadonlyMap<string, string>
}

/** Registers an account; for a request that confirms a code it only asks for one. */
async function newParty(exchange: Exchange, means: Registering): Promise<NewParty> {
  const { client, codes, random } = means
  const number = newNumber(random)
  const credentials = newCredentials(number, means)
  const isConfirmation = asksFor(exchange, CODE)
  const refused = isConfirmation
    ? await refusal(client, requestCode('sms', number))
    : await registerAccount(number, credentials, means)
  if (refused !== null)
    throw new UsageError(`${exchange.id}: no account could be registered for it: ${refused}`)
  const code: readonly [string, string][] = isConfirmation ? [[CODE, await codes.latest(number, 'sms')]] : []
  return {
    number,
    authorization: basic(credentials),
    values: new Map([['password', credentials.password], ['signalingKey', newSignalingKey(random)], ...code]),
  }
}
