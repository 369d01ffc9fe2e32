import { decodeBase64 } from '#protocol/base64.ts'
import { fromHex } from '#protocol/bytes.ts'
import { type BootstrapSecrets, rightKey } from '#protocol/gba/candidate-keys.ts'
import { type UbOutcome, bootstrap } from '../gba/bootstrap.ts'
import { type SoftwareIsim, createSoftwareIsim } from '../gba/software-isim.ts'
import { learnKey } from '../learn-key.ts'
import type { Secrets } from '../secrets.ts'
import type { BsfAddress, GbaSource, IsimSettings, MStoreTarget } from '../target.ts'
import type { WireClient } from '../wire-client.ts'
import { answerReader } from './answer-reader.ts'
import { commandJson } from './command.ts'
import { CapabilityFailure, MissingCapability } from './failures.ts'
import type { Sim, Subscriber } from './subscribers.ts'

/** Digest credentials, good for one server. */
export interface GbaCredentials {
  /** The B-TID: the username. */
  readonly btid: string
  /** Ks_NAF: what the password is made of. */
  readonly key: Uint8Array
  /** What it was derived from; null where only the key is known. */
  readonly bootstrap: BootstrapSecrets | null
}

/** Where digest credentials come from. */
export interface Gba {
  /**
   * Fresh credentials of that subscriber for the server at `host`, where the source can give fresh ones. Throws a
   * CapabilityFailure when the bootstrap fails.
   */
  credentials(subscriber: Subscriber, host: string): Promise<GbaCredentials>
  /**
   * One bootstrap and its whole outcome, with the subscriber's card or an altered copy of it; throws
   * MissingCapability where there is no software ISIM.
   */
  bootstrap(subscriber: Subscriber, altered?: (card: SoftwareIsim) => SoftwareIsim): Promise<UbOutcome>
}

/** What the adapters of `gba` need. */
export interface GbaOptions {
  readonly secrets: Secrets
  /** A client of the bootstrapping server at that URL. */
  readonly clientOf: (bsfUrl: string) => WireClient
  readonly cnonce: () => string
}

/** The adapter of the target's `gba`; without one both members throw MissingCapability. */
export function createGba(target: MStoreTarget, options: GbaOptions): Gba {
  const source = target.capabilities.gba
  switch (source?.kind) {
    case undefined:
      return { credentials: () => missing('gba'), bootstrap: () => missing('gba') }
    case 'mock-control':
    case 'isim':
      return software(options, (subscriber) => simOf(subscriber, source))
    case 'fixed': {
      const credentials = () => Promise.resolve(given(source, options.secrets))
      return { credentials, bootstrap: () => missing('bsf') }
    }
    case 'command': {
      const redact = (text: string) => options.secrets.redact(text)
      const command = { ...source, what: 'gba', redact }
      const credentials = async (_: Subscriber, host: string) =>
        given(await commandJson(command, [host], printed), options.secrets)
      return { credentials, bootstrap: () => missing('bsf') }
    }
    default:
      return source satisfies never
  }
}

const printed = answerReader<{ readonly btid: string; readonly key: string }>('gba-key')

function software(options: GbaOptions, simFor: (subscriber: Subscriber) => Sim): Gba {
  const run: Gba['bootstrap'] = (subscriber, altered = (card) => card) => {
    const { isim, bsf } = simFor(subscriber)
    const ub = ubOptions(options, isim, bsf)
    return bootstrap({ ...ub, card: altered(ub.card) })
  }
  return {
    bootstrap: run,
    credentials: async (subscriber, host) => {
      const outcome = await run(subscriber)
      if (outcome.kind === 'stopped') throw new CapabilityFailure(`gba: ${outcome.reason}`)
      const session = { ...outcome.session, host }
      const key = rightKey(session)
      learnKey(key, options.secrets)
      return { btid: outcome.btid, key, bootstrap: session }
    },
  }
}

function ubOptions({ secrets, clientOf, cnonce }: GbaOptions, isim: IsimSettings, bsf: BsfAddress) {
  learnKey(fromHex(isim.k), secrets, 'K')
  learnKey(fromHex(isim.opc), secrets, 'OPc')
  return { card: cardOf(isim), client: clientOf(bsf.url), fqdn: bsf.fqdn, cnonce }
}

function simOf(subscriber: Subscriber, source: GbaSource): Sim {
  if (source.kind === 'isim') return source
  if (subscriber.sim !== null) return subscriber.sim
  throw new CapabilityFailure(
    `gba: expected a card for ${subscriber.msisdn} from the control plane, got none`,
  )
}

/** Cards that were put in, by their settings: what a card has accepted is kept as long as the process lives. */
const cards = new Map<string, SoftwareIsim>()

function cardOf(isim: IsimSettings): SoftwareIsim {
  const key = [isim.impi, isim.k, isim.opc, isim.sqn].join(' ')
  const card = cards.get(key) ?? createSoftwareIsim(isim)
  cards.set(key, card)
  return card
}

const KEY_BYTES = 32

function given(
  { btid, key }: { readonly btid: string; readonly key: string },
  secrets: Secrets,
): GbaCredentials {
  const decoded = decodeBase64(key)
  if (decoded.kind === 'parse-error' || decoded.bytes.length !== KEY_BYTES)
    throw new CapabilityFailure(`gba: key: expected Ks_NAF, ${KEY_BYTES} bytes in Base64, got another`)
  learnKey(decoded.bytes, secrets)
  return { btid, key: decoded.bytes, bootstrap: null }
}

function missing(capability: 'gba' | 'bsf'): Promise<never> {
  return Promise.reject(new MissingCapability(capability))
}
