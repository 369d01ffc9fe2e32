import { diagnoseFrame } from '#protocol/relay/frame-diagnosis.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import { DELIVERED, othersThan, pushesTo } from './deliveries.ts'
import { takeFrameApart } from './frame-parts.ts'
import { keyOf, payloadText } from './open-push.ts'
import type { RelaySession } from './session.ts'
import { assertSubmitted } from './submissions.ts'

/** The newest push to the party; asserts that there is one. */
export async function newestPush(session: RelaySession, name: string): Promise<Push> {
  const party = session.party(name)
  assertSubmitted(session, party)
  const pushes = await pushesTo(party)
  const push = pushes.at(-1)
  session.check.that({
    requirement: DELIVERED,
    thing: `pushes to ${name}`,
    expected: 'at least 1',
    got: String(pushes.length),
    holds: push !== undefined,
  })
  if (push === undefined) throw new Error('an assertion that failed did not end the step')
  return push
}

/** The bytes of the newest push as they came, and what is wrong with them. */
export async function newestFrame(session: RelaySession, name: string) {
  const push = await newestPush(session, name)
  const payload = parsePayload(payloadText(session.check, push))
  const bytes = payload.kind === 'parse-error' ? new Uint8Array() : payload.bytes
  const device = session.party(name).deviceOf(push)
  const key = keyOf(device)
  const mistakes = diagnoseFrame(bytes, key, othersThan(session, device))
  takeFrameApart(session.check, push, { bytes, key, mistake: () => mistakes[0] })
  return { bytes, key, mistakes }
}
