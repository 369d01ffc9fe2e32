import type { MailboxTarget } from '#protocol/mstore/endpoints.ts'
import type { World } from '#mocks/engine/world.ts'
import type { Naf } from './keys.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreRequest } from './requests.ts'
import type { Rulebook } from './rulebook.ts'
import type { MStoreState } from './state.ts'

/** All that a request is decided from, besides the request. */
export interface Scene {
  readonly state: MStoreState
  readonly rulebook: Rulebook
  readonly world: World
  readonly naf: Naf
}

/** A request whose caller is known, for the mailbox it names: what an endpoint decides from. */
export interface AuthorizedRequest extends Scene {
  readonly request: MStoreRequest
  readonly target: MailboxTarget
  readonly mailbox: Mailbox
  /** The whole body; one that was too long or did not come whole is refused before. */
  readonly body: Uint8Array
}
