import type { BsfAddress, IsimSettings, MStoreTarget } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import { type ControlPlane, openControlPlane } from './control-plane.ts'
import { MissingCapability } from './failures.ts'

/** The card of a subscriber and the bootstrapping server that knows it. */
export interface Sim {
  readonly isim: IsimSettings
  readonly bsf: BsfAddress
}

/** A subscriber of the service, who has a mailbox. */
export interface Subscriber {
  /** The number in E.164 form. */
  readonly msisdn: string
  /** The PIN that is current when the scenario begins; null where PINs are not to be touched. */
  readonly pin: string | null
  /** Null where credentials come from elsewhere. */
  readonly sim: Sim | null
}

/** What a new subscriber is to be like; what is left out is drawn. Quotas by the names of their attributes. */
export interface NewSubscriber {
  readonly msisdn?: string
  readonly pin?: string
  readonly quotas?: Readonly<Record<string, number>>
  readonly profile?: Readonly<Record<string, string>>
}

/** How the bootstrapping server treats one subscriber; `next` bounds it to that many bootstraps. */
export interface BsfBehaviour {
  readonly lifetimeMs?: number
  readonly fault?: 'wrong-mac' | 'old-sqn' | null
  readonly next?: number
}

/** A bootstrap that the server granted; `at` and `expiresAt` are milliseconds since the Unix epoch. */
export interface GrantedBootstrap {
  readonly btid: string
  readonly at: number
  readonly expiresAt: number
}

/** Subscribers under the suite's own control: one for each scenario. */
export interface Subscribers {
  create(overrides?: NewSubscriber): Promise<Subscriber>
  /** Moves that subscriber's time on: the lifetime of credentials, the expiry of voicemails, "recently". */
  advance(subscriber: Subscriber, ms: number): Promise<void>
  setQuotas(subscriber: Subscriber, quotas: Readonly<Record<string, number>>): Promise<void>
  setBsf(subscriber: Subscriber, behaviour: BsfBehaviour): Promise<void>
  /** The bootstraps of that subscriber so far, oldest first. */
  bootstraps(subscriber: Subscriber): Promise<readonly GrantedBootstrap[]>
}

/** The adapter of the target's `subscribers`; without one every member throws MissingCapability. */
export function createSubscribers(target: MStoreTarget): Subscribers {
  const source = target.capabilities.subscribers
  if (source === null) return NO_SUBSCRIBERS
  return controlled(openControlPlane('subscribers', source.url, target))
}

const created = answerReader<Sim & { readonly msisdn: string; readonly pin: string }>('subscriber')
const granted = answerReader<{ readonly bootstraps: readonly GrantedBootstrap[] }>('bootstraps')
const clock = answerReader<{ readonly nowMs: number }>('clock')

function controlled(plane: ControlPlane): Subscribers {
  return {
    create: async (overrides = {}) => {
      const { msisdn, pin, isim, bsf } = await plane.post('/subscribers', overrides, created)
      return { msisdn, pin, sim: { isim, bsf } }
    },
    advance: async ({ msisdn }, ms) => {
      await plane.post('/clock/advance', { ms, number: msisdn }, clock)
    },
    setQuotas: ({ msisdn }, quotas) => plane.put('/quotas', { msisdn, ...quotas }),
    setBsf: ({ msisdn }, behaviour) => plane.put('/bsf', { msisdn, ...behaviour }),
    bootstraps: async ({ msisdn }) =>
      (await plane.get(`/bootstraps?msisdn=${encodeURIComponent(msisdn)}`, granted)).bootstraps,
  }
}

const missing = () =>
  Promise.reject(
    new MissingCapability('mock', 'capabilities.subscribers: { control: http://127.0.0.1:PORT }'),
  )

const NO_SUBSCRIBERS: Subscribers = {
  create: missing,
  advance: missing,
  setQuotas: missing,
  setBsf: missing,
  bootstraps: missing,
}
