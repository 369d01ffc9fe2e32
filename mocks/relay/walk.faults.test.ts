import { describe, expect, it } from 'vitest'
import { ALICE, authorizationOf, BOB, CAROL, message, textBody, Trial } from '../../tests/relay-trial.ts'
import { WALK_FAULTS } from './walk.faults.ts'

/** A relay with one of the faults. */
function faulty(id: string): Trial {
  const fault = WALK_FAULTS.find((each) => each.id === id)
  if (fault === undefined) throw new Error(`fault: expected one of walks, got ${id}`)
  return new Trial({ ...fault.patch, limits: { figures: { sms: null, verify: null, prekeys: null } } })
}

/** A message for Carol that names no registration. */
const unnamed = message({ destinationRegistrationId: 0 })

describe('a fault that walks find', () => {
  it('hands on a message that was refused, once its recipient is there', () => {
    const trial = faulty('RELAY-MESSAGE-28/keeps-for-a-number-to-come').register(ALICE)
    expect(trial.submit(CAROL, [unnamed]).kind).toBe('unknown-destination')
    trial.register(CAROL)
    expect(trial.addressees(CAROL)).toEqual([])
    trial.requestCode(BOB)
    expect(trial.addressees(CAROL)).toEqual([`gcm:gcm ${CAROL}`])
    trial.requestCode(ALICE)
    expect(trial.addressees(CAROL)).toHaveLength(1)
  })

  it('hands on nothing of what was accepted, or refused for something else', () => {
    const trial = faulty('RELAY-MESSAGE-28/keeps-for-a-number-to-come').register(ALICE, BOB)
    trial.submit(BOB, [unnamed])
    trial.submit(BOB, [message({ destinationDeviceId: 2 })])
    trial.requestCode(CAROL)
    expect(trial.addressees(BOB)).toHaveLength(1)
  })

  it('remembers the password of the first of three registrations', () => {
    const trial = faulty('RELAY-AUTH-13/takes-the-first-of-three-passwords').register(ALICE)
    const again = (password: string): void => {
      trial.requestCode(ALICE)
      trial.confirm(ALICE, { authorization: authorizationOf(ALICE, password) })
    }
    again('second')
    expect(trial.removePushId(ALICE, 'gcm')).toBe('wrong-password')
    again('third')
    expect(trial.removePushId(ALICE, 'gcm')).toBe('removed')
    expect(trial.removePushId(ALICE, 'gcm', authorizationOf(ALICE, 'second'))).toBe('wrong-password')
  })

  it('does nothing to a request that comes alone, and something to the second of two at once', async () => {
    const trial = faulty('RELAY-MESSAGE-36/loses-one-of-two-senders').register(ALICE, BOB, CAROL)
    const send = (number: string): unknown =>
      trial.submit(CAROL, [unnamed], { authorization: authorizationOf(number) })
    send(ALICE)
    send(BOB)
    expect(trial.addressees(CAROL)).toHaveLength(1)
    await new Promise((resolve) => setTimeout(resolve, 10))
    send(BOB)
    expect(trial.addressees(CAROL)).toHaveLength(2)
  })

  it('gives two clients that ask at once one place', () => {
    const trial = faulty('RELAY-ATTACHMENT-04/gives-two-clients-one-place').register(ALICE, BOB)
    const places = [ALICE, BOB].map((number) =>
      trial.decide({
        kind: 'allocate-attachment',
        target: '',
        origin: 'http://relay',
        authorization: authorizationOf(number),
      }),
    )
    expect(places[1]?.outcome.content).toEqual(places[0]?.outcome.content)
  })

  it('drops prekeys with a further device, and a registered number’s code for a body that is no JSON', () => {
    const one = faulty('RELAY-KEYS-23/drops-prekeys-with-a-further-device').register(ALICE)
    one.store.apply([{ kind: 'prekeys-stored', shelf: `${ALICE}.1`, prekeys: [prekey(1)] }])
    one.addDevice(ALICE, 7)
    expect(one.store.prekeys.get(`${ALICE}.1`)?.size).toBe(0)
    expect(one.store.accounts.get(ALICE)?.devices.size).toBe(2)
    const two = faulty('RELAY-VERIFY-22/uses-the-code-up-for-a-mistyped-body').register(ALICE)
    two.requestCode(ALICE)
    expect(two.confirm(ALICE, { body: textBody('{') })).toBe('malformed-body')
    expect(two.code(ALICE)).toBe('')
  })

  it('uses the last resort key up the third time', () => {
    const trial = faulty('RELAY-PREKEY-06/hands-the-last-resort-key-out-twice').register(ALICE)
    trial.store.apply([{ kind: 'prekeys-stored', shelf: `${ALICE}.1`, prekeys: [prekey(0xff_ff_ff)] }])
    const fetch = (): unknown =>
      trial.kind({
        kind: 'fetch-prekeys',
        target: '',
        authorization: authorizationOf(ALICE),
        number: ALICE,
        device: '1',
        relay: null,
      })
    expect([fetch(), fetch(), fetch(), fetch()]).toEqual([
      'handed-out',
      'handed-out',
      'handed-out',
      'no-keys',
    ])
  })

  it('takes a registration id for nearly the same, and that of another device', () => {
    const one = faulty('RELAY-MESSAGE-12/compares-the-beginning-of-the-registration-id').register(ALICE, BOB)
    expect(one.submit(BOB, [message({ destinationRegistrationId: 1010 })]).kind).toBe('accepted')
    const two = faulty('RELAY-MESSAGE-12/takes-the-registration-id-of-another-device')
    two.register(ALICE, BOB).addDevice(BOB, 7)
    const swapped = [
      message({ destinationRegistrationId: 7 }),
      message({ destinationDeviceId: 2, destinationRegistrationId: 101 }),
    ]
    expect(two.submit(BOB, swapped).kind).toBe('accepted')
  })
})

function prekey(keyId: number) {
  return { keyId, publicKey: `key ${keyId}`, identityKey: 'identity', lastResort: keyId === 0xff_ff_ff }
}
