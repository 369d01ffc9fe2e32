import { encodeBase64 } from '#protocol/base64.ts'
import { toHex } from '#protocol/bytes.ts'
import { autn, makeVector, type Autn, type AuthenticationVector } from '#protocol/gba/aka.ts'
import { rand, RAND_BYTES, type Rand } from '#protocol/gba/milenage.ts'
import type { BsfChange, BsfDecision, ChallengedKind } from './outcomes.ts'
import type { BsfScene } from './scene.ts'
import type { HomeSubscriber } from './state.ts'

const OPAQUE_BYTES = 16

/** A new challenge for a subscriber, under the next sequence number unless a fault is set. */
export function challenge(
  kind: ChallengedKind,
  subscriber: HomeSubscriber,
  scene: BsfScene,
): Pick<BsfDecision, 'outcome' | 'changes'> {
  const { impi } = subscriber
  const fault = scene.state.settings.fault(impi)
  const sqn = fault?.kind === 'old-sqn' ? subscriber.sqn : scene.rulebook.nextSqn(subscriber.sqn)
  const made = vectorOf(subscriber, sqn, scene)
  const vector = fault?.kind === 'wrong-mac' ? { ...made, autn: withWrongMac(made.autn) } : made
  const nonce = scene.rulebook.nonce(vector)
  const opaque = toHex(scene.world.randomBytes(OPAQUE_BYTES))
  const changes: readonly BsfChange[] = [
    { kind: 'sqn-moved', impi, sqn },
    { kind: 'challenge-issued', nonce, challenge: { impi, vector, opaque } },
    ...(fault === null ? [] : [{ kind: 'fault-served', holder: fault.holder } as const]),
  ]
  return { outcome: { kind, nonce, opaque }, changes }
}

/** A vector of the home network, with a challenge that chance draws. */
export function vectorOf(
  subscriber: HomeSubscriber,
  sqn: number,
  { rulebook, world }: Pick<BsfScene, 'rulebook' | 'world'>,
): AuthenticationVector {
  const { amf = rulebook.amf } = subscriber
  return makeVector(subscriber, { rand: drawRand(world), sqn, amf })
}

/** Draws before any RAND will do. */
const MAX_DRAWS = 16

/** A RAND whose Base64 has a `+` or a `/`, so that a B-TID written in another alphabet is always another. */
function drawRand(world: BsfScene['world'], draws = MAX_DRAWS): Rand {
  const drawn = rand(world.randomBytes(RAND_BYTES))
  const isDistinct = /[+/]/.test(encodeBase64(drawn, { padded: true }))
  return isDistinct || draws === 1 ? drawn : drawRand(world, draws - 1)
}

/** The last bit turned: a MAC that no card of the subscriber computes. */
function withWrongMac(right: Autn): Autn {
  return autn(right.with(right.length - 1, (right.at(-1) ?? 0) ^ 1))
}
