import { formatBTid } from '#protocol/gba/b-tid.ts'
import { bootstrapKey } from '#protocol/gba/key-derivation.ts'
import { rand, RAND_BYTES, sessionValues } from '#protocol/gba/milenage.ts'
import type { World } from '#mocks/rules/world.ts'
import type { BootstrappedKey, Keys } from './keys.ts'
import type { Isim } from './subscribers.ts'

const LIFETIME_MS = 60 * 60 * 1000

/** Bootstraps without a server. */
export class KeyStore implements Keys {
  readonly #world: World
  readonly #keys = new Map<string, BootstrappedKey>()
  readonly cards = new Map<string, Isim & { readonly number: string }>()

  constructor(world: World) {
    this.#world = world
  }

  readonly lookup = (btid: string): BootstrappedKey | undefined => this.#keys.get(btid)

  bootstrapInside(impi: string, lifetimeMs = LIFETIME_MS) {
    const card = this.cards.get(impi)
    if (card === undefined) throw new Error(`no card ${impi}`)
    const challenge = rand(this.#world.randomBytes(RAND_BYTES))
    const key: BootstrappedKey = {
      ks: bootstrapKey(sessionValues(card, challenge)),
      rand: challenge,
      impi,
      expiresAt: this.#world.nowMs(card.number) + lifetimeMs,
    }
    const btid = formatBTid(challenge, 'bsf.localhost')
    this.#keys.set(btid, key)
    return { btid, ...key }
  }
}
