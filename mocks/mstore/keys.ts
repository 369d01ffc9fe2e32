import type { BootstrapSecrets } from '#protocol/gba/candidate-keys.ts'
import type { Rand } from '#protocol/gba/milenage.ts'

/** What a bootstrap left behind: the key of the subscriber, and until when it holds. */
export interface BootstrappedKey {
  /** CK, then IK: 32 bytes. */
  readonly ks: Uint8Array
  readonly rand: Rand
  readonly impi: string
  /** Ms since the Unix epoch, on the clock of the subscriber. */
  readonly expiresAt: number
}

/** The bootstrapping server as a server asks it for keys (the Zn interface of 3GPP TS 33.220). */
export interface Keys {
  /** The key of a transaction identifier; undefined for one that was never given out. Expired ones are found, too. */
  readonly lookup: (btid: string) => BootstrappedKey | undefined
}

/** Who this server is to bootstrapped clients, and who knows their keys. */
export interface Naf {
  /** The domain name, without a port: it stands in the realm and in the derivation of keys. */
  readonly host: string
  /** Every name it goes by (E-49): that of the request's Host holds, where it is one of these. */
  readonly names: readonly string[]
  readonly keys: Keys
}

/** The server under the name by which a request to that origin reached it. */
export function nafAt(origin: string, naf: Naf): Naf {
  const host = new URL(origin).hostname.replace(/^\[(.*)\]$/, '$1')
  return host !== naf.host && naf.names.includes(host) ? { ...naf, host } : naf
}

const CIPHER_KEY_BYTES = 16

/** What a bootstrap left behind, in the parts that a derivation is made of. */
export function bootstrapOf({ ks, rand, impi }: BootstrappedKey, host: string): BootstrapSecrets {
  return { ck: ks.slice(0, CIPHER_KEY_BYTES), ik: ks.slice(CIPHER_KEY_BYTES), rand, impi, host }
}
