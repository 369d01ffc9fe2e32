import { describe, expect, it } from 'vitest'
import {
  ALICE,
  authorizationOf,
  BOB,
  jsonBody,
  message,
  Trial,
  UNREGISTERED,
} from '../../tests/relay-trial.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { AUTHENTICATION_VARIANTS } from './authentication.variants.ts'

describe('a relay that looks the recipient up first', () => {
  const variant = AUTHENTICATION_VARIANTS.find(
    ({ id }) => id === 'RELAY-AUTH-07/looks-the-recipient-up-first',
  )
  const submit = (destination: string, relay: string | null) => {
    const trial = new Trial(variant?.patch).register(ALICE, BOB)
    const peers = new Map([['south', { name: 'south', url: 'http://127.0.0.1:1', token: 'x' }]])
    trial.store.apply([{ kind: 'peers-set', peers }])
    const listing = [{ token: directoryToken(OF_PEER), listed: true, supportsSms: false }]
    trial.store.apply([{ kind: 'peer-listed', peer: 'south', whole: true, listing }])
    const { outcome, forward } = trial.decide({
      kind: 'submit-messages',
      target: '',
      authorization: authorizationOf(ALICE, 'wrong'),
      destination,
      body: jsonBody({ messages: [message()], ...(relay === null ? {} : { relay }) }),
    })
    return [outcome.kind, forward]
  }
  const OF_PEER = '+14155550177'

  it('refuses a wrong password for a number that it knows, here or at a peer', () => {
    expect(submit(BOB, null)).toEqual(['wrong-password', undefined])
    expect(submit(OF_PEER, 'south')).toEqual(['wrong-password', undefined])
  })

  it('finds no other number', () => {
    expect(submit(UNREGISTERED, null)).toEqual(['unknown-destination', undefined])
  })
})
