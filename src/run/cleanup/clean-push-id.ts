import { randomBytes } from 'node:crypto'
import { REAL_TIME } from '#driver/capabilities/capability-io.ts'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { connectionOf } from '#driver/connection.ts'
import { clearPushId, confirm, requestCode } from '#driver/relay/operations.ts'
import { newPassword, newRegistrationId, newSignalingKey } from '#driver/relay/parties.ts'
import { sharedPace } from '#driver/shared-pace.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { RelayTarget } from '#driver/target.ts'
import { createWireClient } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { LedgerChange } from '#evidence/ledger-line.ts'
import type { Undo } from '#steps/shared/undo-register.ts'

/** What a relay is asked to clear; it clears whatever the device has. */
const NO_ID = 'none'

type PushIdChange = Extract<LedgerChange, { readonly kind: 'push-id' }>

/**
 * How a number is made unreachable whose password nobody has any more: it is registered once more, with the code that the
 * target file gives, and its push ids are cleared.
 */
export function pushIdUndo(target: RelayTarget, { number, sender, atPeer }: PushIdChange): Undo {
  return async () => {
    const node = atPeer ? createCapabilities(target, REAL_TIME).federation().peer : target
    const { registrationId: form, username, timeouts, url } = node
    const own = { secrets: secretsOf([target]), record: () => undefined, now: REAL_TIME.now }
    const pace = sharedPace(node)
    const client = createWireClient({
      ...connectionOf(node),
      ...own,
      ...(pace === null ? {} : { pace }),
      baseUrl: url,
      answerMs: timeouts.answerMs,
    })
    const refusal = async (request: WireRequest): Promise<string | null> => {
      const result = await client.send(request)
      if (result.kind === 'failed') return `${request.operation}: ${result.failure.detail}`
      const { status } = result.answer
      return status < 300 ? null : `${request.operation} got ${status}`
    }
    const credentials = {
      username: username === 'number' ? number : `${number}.1`,
      password: newPassword(randomBytes),
    }
    const registered = async (): Promise<string | null> => {
      const asked = await refusal(requestCode('sms', number))
      if (asked !== null) return asked
      const code = await createCapabilities(node, REAL_TIME).verificationCodes.latest(number, 'sms')
      const registrationId = newRegistrationId(randomBytes)
      return refusal(
        confirm(credentials, code, {
          signalingKey: newSignalingKey(randomBytes),
          supportsSms: false,
          registrationId: form === 'text' ? String(registrationId) : registrationId,
        }),
      )
    }
    return (await registered()) ?? (await refusal(clearPushId(sender, credentials, NO_ID)))
  }
}
