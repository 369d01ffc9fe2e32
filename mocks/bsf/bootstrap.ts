import type { AuthenticationVector } from '#protocol/gba/aka.ts'
import { bootstrapKey } from '#protocol/gba/key-derivation.ts'
import type { Bootstrap } from './outcomes.ts'
import type { BsfScene } from './scene.ts'
import type { HomeSubscriber } from './state.ts'

/** How a bootstrap comes about; `lifetimeMs` where it is not as set. */
interface BootstrapWay {
  readonly inside: boolean
  readonly lifetimeMs?: number | undefined
}

/** The keys that a vector leaves behind, and the B-TID that stands for them (3GPP TS 33.220, section 4.5.2). */
export function bootstrap(
  { vector: { rand, ck, ik }, ...subscriber }: Subject,
  { rulebook, state, world, fqdn }: BsfScene,
  { inside, lifetimeMs }: BootstrapWay,
): Bootstrap {
  const { impi, number } = subscriber
  const at = world.nowMs(number)
  const set = lifetimeMs ?? state.settings.lifetimeMs(impi) ?? rulebook.lifetimeMs
  const ks = bootstrapKey({ ck, ik })
  const btid = rulebook.btid(rand, fqdn)
  return { btid, impi, number: number ?? null, rand, ck, ik, ks, at, expiresAt: at + set, inside }
}

type Subject = Pick<HomeSubscriber, 'impi' | 'number'> & { readonly vector: AuthenticationVector }
