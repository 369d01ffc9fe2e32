import type { MailboxTarget } from '#protocol/mstore/endpoints.ts'
import type { World } from '#mocks/engine/world.ts'
import type { Naf } from './keys.ts'
import type { StoredMailbox } from './mailbox.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreRulebook } from './rulebook.ts'
import type { MStoreState } from './state.ts'

/** All that a request is decided from, besides the request. */
export interface MStoreScene {
  readonly state: MStoreState
  readonly rulebook: MStoreRulebook
  readonly world: World
  readonly naf: Naf
}

/** A request whose caller is known, for the mailbox it names: what an endpoint decides from. */
export interface AuthorizedRequest extends MStoreScene {
  readonly request: MStoreRequest
  readonly target: MailboxTarget
  readonly mailbox: StoredMailbox
  /** The whole body; one that was too long or did not come whole is refused before. */
  readonly body: Uint8Array
}
