import { finalResult, type MStoreClient } from '#driver/mstore/client.ts'
import { changePin } from '#driver/mstore/operations.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { PIN_REASON_HEADER, type PinReason } from '#protocol/mstore/pin.ts'
import { trialClient } from './mstore-trial-client.ts'
import { isNeeded, openUnlessSpent, type TrialResult, type TrialSetting } from './trial.ts'

/** The reason that the old PIN is another. */
export const OLD_PIN_REASON: PinReason = 'Invalid OLD PIN'

/**
 * Tries the PIN of the target file once, by changing it to itself. Only the reason that the old PIN is another convicts
 * the file; any other answer leaves it open.
 */
export async function tryPin(target: MStoreTarget, setting: TrialSetting): Promise<TrialResult> {
  const { mailbox, capabilities, places = {} } = target
  const { pin, subscribers } = capabilities
  const { seed } = setting
  if (pin === null || mailbox === null || subscribers !== null || !isNeeded('pin', target, setting))
    return { mistakes: {}, seed }
  const reason = await reasonAgainst(trialClient(target, setting).client, mailbox, pin)
  const place = places.pin ?? 'capabilities.pin'
  const mistake = `${place}: expected the PIN of the mailbox, got another: the mStore says ${OLD_PIN_REASON}`
  return { mistakes: reason === OLD_PIN_REASON ? { pin: mistake } : {}, seed }
}

/** Why the mStore refuses to change that PIN to itself, in the words of its header; null where it gives no reason. */
export async function reasonAgainst(
  client: MStoreClient,
  mailbox: string,
  pin: string,
): Promise<string | null> {
  const call = await client
    .call(changePin(mailbox, pin, pin), { subscriber: { msisdn: mailbox, pin, sim: null } })
    .catch(openUnlessSpent)
  const result = call === null ? null : finalResult(call)
  return result?.kind === 'answered' ? result.answer.header(PIN_REASON_HEADER) : null
}
