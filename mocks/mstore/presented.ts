import type { DigestCredentials } from '#protocol/mstore/digest-credentials.ts'
import type { MailboxTarget } from '#protocol/mstore/endpoints.ts'
import type { BootstrappedKey } from './keys.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreScene } from './scene.ts'
import type { IssuedNonce } from './state.ts'

/** Credentials that could be read, and what there is to check them against. */
export interface PresentedCredentials {
  readonly request: MStoreRequest
  /** Null where the request is for no operation of the API, or for one that is open to others than the owner. */
  readonly target: MailboxTarget | null
  readonly credentials: DigestCredentials
  /** The realm of this server's challenges. */
  readonly realm: string
  readonly issued: IssuedNonce | undefined
  readonly key: BootstrappedKey | undefined
  readonly scene: MStoreScene<unknown>
}
