import { toHex } from '#protocol/bytes.ts'
import { autn, makeVector, type Autn, type AuthenticationVector } from '#protocol/gba/aka.ts'
import { rand, RAND_BYTES } from '#protocol/gba/milenage.ts'
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
  return makeVector(subscriber, { rand: rand(world.randomBytes(RAND_BYTES)), sqn, amf })
}

/** The last bit turned: a MAC that no card of the subscriber computes. */
function withWrongMac(right: Autn): Autn {
  return autn(right.with(right.length - 1, (right.at(-1) ?? 0) ^ 1))
}
