import { describe, expect, it } from 'vitest'
import { ALICE, authorizationOf, BOB, CAROL, message, Trial } from '../../tests/relay-trial.ts'
import { WALK_FAULTS } from './walk.faults.ts'

/** A relay with one of the faults. */
function faulty(id: string): Trial {
  const fault = WALK_FAULTS.find((each) => each.id === id)
  if (fault === undefined) throw new Error(`fault: expected one of walks, got ${id}`)
  return new Trial({ ...fault.patch, limits: { figures: { sms: null, verify: null } } })
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
})
