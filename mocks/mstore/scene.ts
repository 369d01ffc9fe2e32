import type { MailboxTarget } from '#protocol/mstore/endpoints.ts'
import type { Scene } from '#mocks/engine/scene.ts'
import type { Naf } from './keys.ts'
import type { StoredMailbox } from './mailbox.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreState } from './state.ts'

/** All that a request is decided from, besides the request; `Rules` are those parts of the rulebook that are read. */
export interface MStoreScene<Rules> extends Scene<MStoreState, Rules> {
  readonly naf: Naf
}

/** A request whose credentials are right, for the mailbox it names: what an operation decides from. */
export interface AuthorizedRequest<Rules> extends MStoreScene<Rules> {
  readonly request: MStoreRequest
  readonly target: MailboxTarget
  readonly mailbox: StoredMailbox
  /** The whole body; one that was too long or did not come whole is refused before. */
  readonly body: Uint8Array
}
