import { putProfile } from '#driver/mstore/operations.ts'
import { PIN_REASON_HEADER } from '#protocol/mstore/pin.ts'
import { NEW_PIN, OLD_PIN } from '#protocol/mstore/profile.ts'
import { isSuccess } from '../support/observed.ts'
import { withBodySaid } from './bodies.ts'
import { call } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'

/** Changes the PIN, or names one PIN alone. */
export const changePin: MStorePerformer = async (performing) => {
  const { values } = performing.ask
  const { mailbox, pins } = await ownerIn(performing)
  const { from, to } = values
  const request = putProfile(mailbox.msisdn, [
    ...(from === undefined ? [] : [[OLD_PIN, pins(from)] as const]),
    ...(to === undefined ? [] : [[NEW_PIN, pins(to)] as const]),
  ])
  const called = await call(performing, withBodySaid(request, values))
  if (called.kind === 'violated') return called
  const reason = called.answer?.header(PIN_REASON_HEADER) ?? null
  if (isSuccess(called.seen.status) && to !== undefined) mailbox.pin = pins(to)
  return { ...called.seen, ...(reason === null ? {} : { reason }) }
}
