import type { VerificationCodes } from '../capabilities/verification-codes.ts'
import type { RelayTarget } from '../target.ts'
import type { WireClient } from '../wire-client.ts'
import type { WireRequest } from '../wire-request.ts'
import { confirm, requestCode, type Credentials } from './operations.ts'
import { newPassword, newRegistrationId, newSignalingKey, type RandomBytes } from './parties.ts'

/** What a number is registered by. */
export interface Registering {
  readonly client: WireClient
  readonly codes: Pick<VerificationCodes, 'latest'>
  readonly target: Pick<RelayTarget, 'username' | 'registrationId'>
  readonly random: RandomBytes
}

/** New credentials for a number, in the form that the relay takes. */
export function newCredentials(
  number: string,
  { target: { username }, random }: Pick<Registering, 'target' | 'random'>,
): Credentials {
  return { username: usernameOf(number, username), password: newPassword(random) }
}

/** The user name of the first device of a number, in the form that the relay takes. */
export function usernameOf(number: string, form: RelayTarget['username']): string {
  return form === 'number' ? number : `${number}.1`
}

/** Registers a number under those credentials: asks for a code by SMS and confirms it. Null where it is done, else why not. */
export async function registerAccount(
  number: string,
  credentials: Credentials,
  means: Registering,
): Promise<string | null> {
  const { client, codes } = means
  const asked = await refusal(client, requestCode('sms', number))
  if (asked !== null) return asked
  return refusal(client, newConfirmation(credentials, await codes.latest(number, 'sms'), means))
}

/** The confirmation of a code with a new signaling key and registration id, the latter in the form that the relay takes. */
export function newConfirmation(
  credentials: Credentials,
  code: string,
  { target: { registrationId: form }, random }: Pick<Registering, 'target' | 'random'>,
): WireRequest {
  const registrationId = newRegistrationId(random)
  return confirm(credentials, code, {
    signalingKey: newSignalingKey(random),
    supportsSms: false,
    registrationId: form === 'text' ? String(registrationId) : registrationId,
  })
}

const FIRST_ERROR = 300

/** Sends a request; null where it was accepted, else what came instead. */
export async function refusal(client: WireClient, request: WireRequest): Promise<string | null> {
  const result = await client.send(request)
  if (result.kind === 'failed') return `${request.operation}: ${result.failure.detail}`
  const { status } = result.answer
  return status < FIRST_ERROR ? null : `${request.operation} got ${status}`
}
