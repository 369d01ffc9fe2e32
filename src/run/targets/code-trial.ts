import { randomBytes } from 'node:crypto'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import type { Pace } from '#driver/pace.ts'
import { queryDirectory, requestCode, type Credentials } from '#driver/relay/operations.ts'
import { newNumber } from '#driver/relay/parties.ts'
import { newConfirmation, newCredentials } from '#driver/relay/register-account.ts'
import type { RelayTarget } from '#driver/target.ts'
import { unrecordedClient } from '#driver/unrecorded-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { drawnFrom } from './drawn-from.ts'
import { isNeeded, type TrialResult, type TrialSetting } from './trial.ts'

/** How many runs of one seed get numbers of their own. */
const MOST_RUNS = 100
const UNAUTHORIZED = 401
const WRONG_CODE = 403

/**
 * Tries what the target file says of verification codes, and whether an earlier run has used the seed. Both by one
 * account whose number and password follow from the seed: where the relay knows it already, the scenarios of this run
 * draw from another seed, since numbers that were used have limits, codes and pushes of their own. A code that the
 * relay refuses convicts the file, unless a control plane gave it.
 */
export async function tryCodes(target: RelayTarget, setting: TrialSetting): Promise<TrialResult> {
  const { seed, isSeedChosen, now, pace = null } = setting
  const isGiven = target.capabilities.verificationCode?.kind !== 'mock-control'
  if (!isNeeded('verificationCode', target, setting))
    return { mistakes: {}, seed: isSeedChosen ? `${seed}:${now()}` : seed }
  if (!isSeedChosen && !isGiven) return { mistakes: {}, seed }
  for (let run = 0; run < MOST_RUNS; run += 1) {
    const own = run === 0 ? seed : `${seed}:${run}`
    const found = await tryAccount({ target, pace }, own)
    if (found === 'wrong code' && isGiven) return { mistakes: mistakeOf(target), seed: own }
    if (found !== 'known') return { mistakes: {}, seed: found === 'unclear' ? `${seed}:${now()}` : own }
  }
  return { mistakes: {}, seed: `${seed}:${now()}` }
}

function mistakeOf({ places = {} }: RelayTarget): TrialResult['mistakes'] {
  const place = places.verificationCode ?? 'capabilities.verificationCode'
  const verificationCode = `${place}: expected the code that was sent, got one that the relay refuses with ${WRONG_CODE}`
  return { verificationCode }
}

/** The relay that is tried, and what its requests wait for. */
interface TriedRelay {
  readonly target: RelayTarget
  readonly pace: Pace
}

type Found = 'known' | 'new' | 'wrong code' | 'unclear'

async function tryAccount(tried: TriedRelay, seed: string): Promise<Found> {
  const number = newNumber(drawnFrom(`${seed}:the account of the run`))
  const random = drawnFrom(`${seed}:its password`)
  const credentials = newCredentials(number, { target: tried.target, random })
  const known = await statusOf(tried, queryDirectory(credentials, [directoryToken(number)]))
  if (known !== UNAUTHORIZED) return known !== null && known < 300 ? 'known' : 'unclear'
  const confirmed = await confirmedWith(tried, { number, credentials })
  if (confirmed === WRONG_CODE) return 'wrong code'
  return confirmed !== null && confirmed < 300 ? 'new' : 'unclear'
}

/** The status of a confirmation with the code that was sent; null where there was none. */
async function confirmedWith(
  tried: TriedRelay,
  { number, credentials }: { readonly number: string; readonly credentials: Credentials },
): Promise<number | null> {
  const { target } = tried
  const asked = await statusOf(tried, requestCode('sms', number))
  if (asked === null || asked >= 300) return null
  const code = await createCapabilities(target)
    .verificationCodes.latest(number, 'sms')
    .catch(() => null)
  if (code === null) return null
  return statusOf(tried, newConfirmation(credentials, code, { target, random: randomBytes }))
}

async function statusOf({ target, pace }: TriedRelay, request: WireRequest): Promise<number | null> {
  const result = await unrecordedClient(target, { pace }).send(request)
  return result.kind === 'answered' ? result.answer.status : null
}
