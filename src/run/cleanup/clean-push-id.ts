import { randomBytes } from 'node:crypto'
import { REAL_TIME } from '#driver/capabilities/capability-io.ts'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { clearPushId } from '#driver/relay/operations.ts'
import { newCredentials, refusal, registerAccount } from '#driver/relay/register-account.ts'
import { sharedPace } from '#driver/shared-pace.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { RelayTarget } from '#driver/target.ts'
import { unrecordedClient } from '#driver/unrecorded-client.ts'
import type { LedgerChange } from '#evidence/ledger-line.ts'
import type { Undo } from '#steps/shared/support/undo-register.ts'

/** What a relay is asked to clear; it clears whatever the device has. */
const NO_ID = 'none'

type PushIdChange = Extract<LedgerChange, { readonly kind: 'push-id' }>

/**
 * How a number whose password is no longer known is made unreachable: it is registered once more, with the code that the
 * target file gives, and its push ids are cleared.
 */
export function pushIdUndo(target: RelayTarget, { number, sender, atPeer }: PushIdChange): Undo {
  return async () => {
    const node = atPeer ? createCapabilities(target, REAL_TIME).federation().peer : target
    const client = unrecordedClient(node, { pace: sharedPace(node), secrets: secretsOf([target]) })
    const codes = createCapabilities(node, REAL_TIME).verificationCodes
    const means = { client, codes, target: node, random: randomBytes }
    const credentials = newCredentials(number, means)
    return (
      (await registerAccount(number, credentials, means)) ??
      (await refusal(client, clearPushId(sender, credentials, NO_ID)))
    )
  }
}
