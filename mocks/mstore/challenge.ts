import { toHex } from '#protocol/bytes.ts'
import { bootstrappingRealm } from '#protocol/gba/identity.ts'
import { formatChallenge } from '#protocol/mstore/digest-challenge.ts'
import type { World } from '#mocks/engine/world.ts'
import type { MStoreStateChange } from './changes.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreScene } from './scene.ts'

/** What a challenge says. */
export interface ChallengeParts {
  readonly realm: string
  readonly nonce: string
  /** Whether the credentials were right but for their nonce (RFC 2617, section 3.2.1). */
  readonly stale: boolean
}

/** How credentials are asked for. */
export interface ChallengeRules {
  /** The realm of a server by its domain name; credentials must have the same. */
  readonly realm: (host: string) => string
  readonly nonce: (world: World) => string
  /** The text of the `WWW-Authenticate` field; null for an answer without it. */
  readonly text: (parts: ChallengeParts) => string | null
}

const NONCE_BYTES = 16

/** The challenge of the mStore spec (Authentication; RFC 2617, 3.2.1). */
export const documentedChallenge: ChallengeRules = {
  // MSTORE-AUTH-04, E-53
  realm: bootstrappingRealm,
  // MSTORE-AUTH-08
  nonce: ({ randomBytes }) => toHex(randomBytes(NONCE_BYTES)),
  // MSTORE-AUTH-02, MSTORE-AUTH-03, MSTORE-AUTH-05, MSTORE-AUTH-06, MSTORE-AUTH-07
  text: formatChallenge,
}

/** A challenge as an answer carries it, and the change that makes its nonce one that was given out. */
export interface DigestChallengeAnswer {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly changes: readonly MStoreStateChange[]
}

/** Asks for credentials for this request, with a nonce of its own (mStore spec, Authentication). */
export function challenge(
  stale: boolean,
  { connection, method, target }: Pick<MStoreRequest, 'connection' | 'method' | 'target'>,
  scene: MStoreScene<{ challenge: ChallengeRules }>,
): DigestChallengeAnswer {
  const rules = scene.rulebook.challenge
  const nonce = rules.nonce(scene.world)
  const text = rules.text({ realm: rules.realm(scene.naf.host), nonce, stale })
  return {
    headers: text === null ? [] : [['WWW-Authenticate', text]],
    changes: [{ kind: 'nonce-issued', nonce, connection, asked: `${method} ${target}` }],
  }
}
