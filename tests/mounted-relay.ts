import type { RequestListener } from 'node:http'
import supertest from 'supertest'
import { createRelayMockRouter, type RelayMountOptions } from '#mocks/relay/mount.ts'
import { shownBy } from './control-client.ts'
import { as } from './relay-client.ts'
import { attributesOf, message } from './relay-trial.ts'

/** A relay that listens nowhere, and its control plane. */
export interface MountedRelay {
  readonly api: RequestListener
  readonly control: RequestListener
}

/** A relay with the seed `test`. An error of its own code fails the test. */
export function mountRelay(options: RelayMountOptions = {}): MountedRelay {
  const onError = (error: unknown): void => {
    throw error
  }
  const { router, control } = createRelayMockRouter({ seed: 'test', onError, ...options })
  const api: RequestListener = (request, response) => {
    router(request, response, onError)
  }
  return {
    api,
    control: (request, response) => {
      control(request, response, onError)
    },
  }
}

/** Asks the relay for a code; the status of the answer. */
export async function requestCode({ api }: MountedRelay, number: string, transport = 'sms'): Promise<number> {
  return (await supertest(api).get(`/v1/accounts/${transport}/code/${number}`)).status
}

/** Registers a number, as far as a GCM id `gcm NUMBER`. */
export async function registerNumber(relay: MountedRelay, number: string): Promise<void> {
  await requestCode(relay, number)
  const { codes } = await shownBy(relay.control, `/codes?number=${encodeURIComponent(number)}`)
  const { code = '' } = (codes as readonly { readonly code: string }[]).at(-1) ?? {}
  const { api } = relay
  await supertest(api).put(`/v1/accounts/code/${code}`).set(as(number)).send(attributesOf(number)).expect(200)
  const gcm = { gcmRegistrationId: `gcm ${number}` }
  await supertest(api).put('/v1/accounts/gcm/').set(as(number)).send(gcm).expect(200)
}

/** Submits one message. */
export async function submitMessage({ api }: MountedRelay, from: string, to: string): Promise<void> {
  const body = { messages: [message({})] }
  await supertest(api).put(`/v1/messages/${to}`).set(as(from)).send(body).expect(200)
}
