import { deriveKsNaf, MSTORE_UA_PROTOCOL, nafId } from '#protocol/gba/key-derivation.ts'
import { digestPassword } from '#protocol/mstore/digest-challenge.ts'
import type { BsfSettings } from '#mocks/bsf/settings.ts'
import type { ControlQuery, ControlRoutes } from '#mocks/edge/control/control-route.ts'
import { sharedRoutes } from '#mocks/edge/control/shared-routes.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { MStoreControlled } from './assemble.ts'
import { mailboxOf, subscriberRoutes } from './control-subscribers.ts'
import { voicemailRoutes } from './control-voicemails.ts'
import type { MStore } from './mstore.ts'

interface CredentialsRequest {
  readonly msisdn: string
  readonly lifetimeMs?: number
  readonly naf?: string
}

interface BsfSettingsRequest extends BsfSettings {
  readonly msisdn?: string
}

/**
 * The control plane of an mStore: what every mock has, and subscribers, voicemails, credentials and the bootstrapping
 * server, which `bsf` says how cards reach.
 */
export function createMStoreControl(
  mStore: MStore,
  controlled: MStoreControlled,
  bsf: { readonly url: string; readonly fqdn: string },
): ControlRoutes {
  return {
    ...sharedRoutes(controlled),
    ...subscriberRoutes(mStore, controlled, bsf),
    ...voicemailRoutes(mStore, controlled),
    ...bsfRoutes(mStore, controlled),
  }
}

/** The bootstrapping server: how it treats a subscriber, and what it has done. */
function bsfRoutes(mStore: MStore, controlled: MStoreControlled) {
  const impiOf = (msisdn: string): string => mailboxOf(mStore, msisdn).subscriber.impi
  return {
    'POST /credentials': {
      does: 'a bootstrap done inside, for clients that cannot do it: {msisdn, lifetimeMs?, naf?}',
      takes: 'credentials-request',
      gives: 'credentials',
      status: 201,
      answer: (request: CredentialsRequest) => credentialsOf(request, impiOf(request.msisdn), controlled),
    },
    'PUT /bsf': {
      does: 'how long credentials hold, and what is wrong with challenges: {msisdn?, lifetimeMs?, fault?, next?}',
      takes: 'bsf-change',
      answer: ({ msisdn, ...settings }: BsfSettingsRequest) => {
        controlled.bsf.configure(msisdn === undefined ? null : impiOf(msisdn), settingsOf(settings))
        return undefined
      },
    },
    'GET /bootstraps': {
      does: 'the bootstraps that were granted, oldest first; ?msisdn=',
      gives: 'bootstraps',
      answer: ({ msisdn }: ControlQuery) => {
        const granted = controlled.bsf.bootstraps(msisdn === undefined ? undefined : impiOf(msisdn))
        const bootstraps = granted.map(({ number, btid, at, expiresAt, inside }) => {
          return { msisdn: number, btid, at, expiresAt, inside }
        })
        return { bootstraps }
      },
    },
  } satisfies ControlRoutes
}

/** What is set, without what else came with it. */
function settingsOf({ lifetimeMs, fault, next }: BsfSettings): BsfSettings {
  return {
    ...(lifetimeMs === undefined ? {} : { lifetimeMs }),
    ...(fault === undefined ? {} : { fault }),
    ...(next === undefined ? {} : { next }),
  }
}

function credentialsOf(
  { lifetimeMs, naf }: CredentialsRequest,
  impi: string,
  controlled: MStoreControlled,
): Json {
  const { btid, expiresAt, ...key } = controlled.bsf.bootstrapInside(impi, lifetimeMs)
  const id = nafId(naf ?? controlled.naf, MSTORE_UA_PROTOCOL)
  return { username: btid, password: digestPassword(deriveKsNaf({ ...key, nafId: id })), expiresAt }
}
