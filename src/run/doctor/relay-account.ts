import { randomBytes } from 'node:crypto'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { clearPushId, confirm, requestCode, type Credentials } from '#driver/relay/operations.ts'
import { newNumber, newPassword, newRegistrationId, newSignalingKey } from '#driver/relay/parties.ts'
import { usernameOf } from '#driver/relay/register-account.ts'
import type { RelayTarget } from '#driver/target.ts'
import type { WireResult } from '#driver/wire-client.ts'
import type { Undo } from '#steps/shared/support/undo-register.ts'
import { asked, gotOf, isGranted } from './asked.ts'

/** An account that the examination has made. */
export interface TrialAccount {
  readonly number: string
  readonly password: string
  readonly signalingKey: string
  readonly registrationId: number
}

/** How the file may have described the relay: what a confirmation is tried with. */
export interface RelayForms {
  readonly username: RelayTarget['username']
  readonly registrationId: RelayTarget['registrationId']
}

/** An account to be, with an unused number. */
export function newAccount(): TrialAccount {
  return {
    number: newNumber(randomBytes),
    password: newPassword(randomBytes),
    signalingKey: newSignalingKey(randomBytes),
    registrationId: newRegistrationId(randomBytes),
  }
}

/** What the account authenticates itself with, as its first device. */
export function credentialsOf(
  { number, password }: TrialAccount,
  { username }: Pick<RelayForms, 'username'>,
): Credentials {
  return { username: usernameOf(number, username), password }
}

/** Asks for a code by SMS. */
export function askCode(target: RelayTarget, { number }: TrialAccount): Promise<WireResult> {
  return asked(target, requestCode('sms', number))
}

/** The code that was sent, as the target file has it looked up. Throws a CapabilityFailure. */
export function sentCode(target: RelayTarget, { number }: TrialAccount): Promise<string> {
  return createCapabilities(target).verificationCodes.latest(number, 'sms')
}

/** Confirms the number in those forms. */
export function confirmAccount(
  target: RelayTarget,
  account: TrialAccount,
  { code, ...forms }: RelayForms & { readonly code: string },
): Promise<WireResult> {
  const { signalingKey, registrationId } = account
  return asked(
    target,
    confirm(credentialsOf(account, forms), code, {
      signalingKey,
      supportsSms: false,
      registrationId: forms.registrationId === 'text' ? String(registrationId) : registrationId,
    }),
  )
}

/** Another account of that relay; null where it cannot be made. */
export async function furtherAccount(target: RelayTarget): Promise<TrialAccount | null> {
  const account = newAccount()
  if (!isGranted(await askCode(target, account))) return null
  const code = await sentCode(target, account)
  return isGranted(await confirmAccount(target, account, { code, ...target })) ? account : null
}

/** How a GCM id that a device is about to be given is taken from it again. */
export function pushIdBack(target: RelayTarget, credentials: Credentials, pushId: string): Undo {
  return async () => {
    const result = await asked(target, clearPushId('gcm', credentials, pushId))
    return isGranted(result) ? null : `DELETE /v1/accounts/gcm/ got ${gotOf(result)}`
  }
}
