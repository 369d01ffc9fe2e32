import type { Sender } from './entities.ts'
import type { RawBody } from './requests.ts'

/** What one node asks of another on behalf of a client. */
export type PeerRequest =
  | {
      readonly kind: 'fetch-prekeys'
      readonly peer: string
      readonly number: string
      readonly device: string
    }
  | {
      readonly kind: 'submit-messages'
      readonly peer: string
      readonly sender: Sender
      readonly destination: string
      /** The client's own body, byte for byte. */
      readonly body: RawBody
    }

/** What came back from another node; `reason` is one line. */
export type PeerAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly contentType: string | undefined
      readonly body: Uint8Array
    }
  | { readonly kind: 'unreachable'; readonly reason: string }
