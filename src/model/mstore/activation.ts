import { booleanOf } from '#protocol/mstore/attributes.ts'
import type { Judged } from '../protocol-model.ts'
import type { MStoreSeen } from './seen.ts'
import type { MailboxState, MStoreState } from './state.ts'
import { allowed } from './verdicts.ts'

/** Whether visual voicemail is on (mStore spec, vvmserviceProfile: `vvmon`); null where that is not known. */
export function isActive(mailbox: MailboxState): boolean | null {
  const values = activations(mailbox)
  const [first = null] = values
  return values.every((value) => value === first) ? first : null
}

/**
 * Whether visual voicemail is off, or may be by what was written. What is served then is left open: the mStore spec has
 * "whether visual voicemail is enabled", and no word of what that is for.
 */
export function mayBeOff(mailbox: MailboxState): boolean {
  return activations(mailbox).some((value) => value !== true)
}

function activations({ profile }: MailboxState): readonly (boolean | null)[] {
  return (profile.get('vvmon') ?? []).map(booleanOf)
}

/** What an answer comes to where visual voicemail may be off: a request that had to be granted may be refused. */
export function leaveWhileOff(
  judgement: Judged<MStoreState>,
  { state, mailbox }: { readonly state: MStoreState; readonly mailbox: MailboxState },
  { status }: MStoreSeen,
): Judged<MStoreState> {
  const isRefused = status !== null && status >= 400 && status < 500
  return judgement.kind === 'violated' && isRefused && mayBeOff(mailbox) ? allowed(state) : judgement
}
