import { randomBytes } from 'node:crypto'
import { connectionOf } from '#driver/connection.ts'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { confirm, queryDirectory, requestCode, type Credentials } from '#driver/relay/operations.ts'
import { newNumber, newPassword, newRegistrationId, newSignalingKey } from '#driver/relay/parties.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { RelayTarget } from '#driver/target.ts'
import { createWireClient } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { drawnFrom } from './drawn-from.ts'
import { isNeeded, type TrialResult, type TrialSetting } from './trial.ts'

/** How many runs of one seed are told apart. */
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
  const { seed, isSeedChosen, now, pace } = setting
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
interface TriedRelay extends Pick<TrialSetting, 'pace'> {
  readonly target: RelayTarget
}

type Found = 'known' | 'new' | 'wrong code' | 'unclear'

async function tryAccount(tried: TriedRelay, seed: string): Promise<Found> {
  const number = newNumber(drawnFrom(`${seed}:the account of the run`))
  const password = newPassword(drawnFrom(`${seed}:its password`))
  const credentials = { username: tried.target.username === 'number' ? number : `${number}.1`, password }
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
  const registrationId = newRegistrationId(randomBytes)
  return statusOf(
    tried,
    confirm(credentials, code, {
      signalingKey: newSignalingKey(randomBytes),
      supportsSms: false,
      registrationId: target.registrationId === 'text' ? String(registrationId) : registrationId,
    }),
  )
}

async function statusOf({ target, pace }: TriedRelay, request: WireRequest): Promise<number | null> {
  const { url, timeouts } = target
  const own = { secrets: secretsOf([target]), record: () => undefined, now: steadyNow }
  const client = createWireClient({
    ...connectionOf(target),
    ...own,
    baseUrl: url,
    answerMs: timeouts.answerMs,
    ...(pace === undefined ? {} : { pace }),
  })
  const result = await client.send(request)
  return result.kind === 'answered' ? result.answer.status : null
}
