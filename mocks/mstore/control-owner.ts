import { inProcess } from '#mocks/edge/control/in-process.ts'
import { mockControl, type MockControl } from '#mocks/edge/control/mock-control.ts'
import type { ControlRoutes } from '#mocks/edge/control/control-route.ts'
import type { BsfSettings } from '#mocks/bsf/settings.ts'
import type { MStoreData } from './control-data.ts'

/** What is chosen of a new subscriber; the rest is drawn, or as in the samples of the mStore spec. */
export interface SubscriberWish {
  readonly msisdn?: string
  readonly pin?: string
  /** Limits by name: `GreetingsQuota`, `TotalStorage` in KiB. */
  readonly quotas?: Readonly<Record<string, number>>
  readonly profile?: Readonly<Record<string, string>>
}

/** A subscriber, with the keys of its card in hexadecimal. */
export interface MadeSubscriber {
  readonly msisdn: string
  readonly pin: string
  readonly isim: { readonly impi: string; readonly k: string; readonly opc: string; readonly sqn: string }
  readonly bsf: { readonly url: string; readonly fqdn: string }
  readonly naf: string
}

/** A subscriber as the control plane lists it. */
export interface ShownSubscriber {
  readonly msisdn: string
  readonly impi: string
  readonly pin: string
  readonly voicemails: number
  readonly greetings: number
}

/** A subscriber that was added with a mailbox, and the card. */
export interface AddedSubscriber extends ShownSubscriber, MadeSubscriber {}

/** A voicemail that is to be left; `audio` is an AMR file in Base64, else one of so many `frames` is made. */
export interface VoicemailWish {
  readonly msisdn: string
  /** Ms since the Unix epoch. */
  readonly date?: number
  readonly from?: string
  readonly frames?: number
  readonly audio?: string
  readonly flags?: readonly string[]
  readonly expires?: number
}

/** A voicemail that was left. */
export interface ShownVoicemail {
  readonly objectPath: string
  readonly messageId: string
  readonly date: number
  readonly audio: string
}

/** A bootstrap that was granted; `inside` without a card. */
export interface ShownBootstrap {
  readonly msisdn: string | null
  readonly btid: string
  readonly at: number
  readonly expiresAt: number
  readonly inside: boolean
}

/** What an mStore lets its owner see and move, as its control plane does. Each rejects with one line that says why. */
export interface MStoreControl extends MockControl {
  readonly subscribers: {
    readonly add: (wish?: SubscriberWish) => Promise<MadeSubscriber>
    readonly list: (msisdn?: string) => Promise<readonly ShownSubscriber[]>
  }
  /** Adds subscribers with what is in their mailboxes, all or none. */
  readonly addData: (data: MStoreData) => Promise<readonly AddedSubscriber[]>
  /** A bootstrap done inside. `expiresAt` is in ms since the Unix epoch. */
  readonly credentials: (
    msisdn: string,
    wish?: { readonly lifetimeMs?: number; readonly naf?: string },
  ) => Promise<{ readonly username: string; readonly password: string; readonly expiresAt: number }>
  readonly leaveVoicemail: (wish: VoicemailWish) => Promise<ShownVoicemail>
  readonly changeQuotas: (msisdn: string, quotas: Readonly<Record<string, number>>) => Promise<void>
  /** How the bootstrapping server treats a subscriber, or all; and what it has granted. */
  readonly bootstrapping: {
    readonly change: (settings: BsfSettings & { readonly msisdn?: string }) => Promise<void>
    readonly granted: (msisdn?: string) => Promise<readonly ShownBootstrap[]>
  }
}

/** What asks these routes of an mStore. */
export function mStoreControl(routes: ControlRoutes): MStoreControl {
  const call = inProcess(routes)
  const member = async <Value>(answer: Promise<unknown>, name: string): Promise<Value> =>
    ((await answer) as Record<string, unknown>)[name] as Value
  return {
    ...mockControl(call),
    subscribers: {
      add: (wish) => call('POST /subscribers', wish) as Promise<MadeSubscriber>,
      list: (msisdn) => member(call('GET /subscribers', { msisdn }), 'subscribers'),
    },
    addData: (data) => member(call('POST /seed', data), 'subscribers'),
    credentials: (msisdn, wish) =>
      call('POST /credentials', { msisdn, ...wish }) as ReturnType<MStoreControl['credentials']>,
    leaveVoicemail: (wish) => call('POST /voicemails', wish) as Promise<ShownVoicemail>,
    changeQuotas: async (msisdn, quotas) => {
      await call('PUT /quotas', { msisdn, ...quotas })
    },
    bootstrapping: {
      change: async (settings) => {
        await call('PUT /bsf', settings)
      },
      granted: (msisdn) => member(call('GET /bootstraps', { msisdn }), 'bootstraps'),
    },
  }
}
