import { describe, expect, it } from 'vitest'
import { ALICE, MailboxTrial } from '../../tests/mstore-trial.ts'
import vectors from '../../fixtures/vectors/mstore.json' with { type: 'json' }
import { pinChangeBody, profileBody } from '#protocol/mstore/profile.ts'

const PROFILE = { kind: 'profile' } as const
const DAY_MS = 24 * 60 * 60 * 1000

function change(trial: MailboxTrial, oldPin: string, newPin: string) {
  return trial.ask('PUT', PROFILE, { body: JSON.stringify(pinChangeBody({ oldPin, newPin })) })
}

function put(trial: MailboxTrial, values: readonly (readonly [string, string])[]) {
  return trial.ask('PUT', PROFILE, { body: JSON.stringify(profileBody(values)) })
}

const pinOf = (trial: MailboxTrial): string => trial.mailbox().subscriber.pin.current

describe('a change of the PIN', () => {
  it('is made, and remembered', () => {
    const trial = new MailboxTrial()
    const answered = change(trial, '1397', '2580')
    expect([answered.status, answered.bytes.length]).toEqual([200, 0])
    expect(answered.headers.has('reason-phrase')).toBe(false)
    expect(pinOf(trial)).toBe('2580')
    expect(change(trial, '1397', '4682').headers.get('reason-phrase')).toBe('Invalid OLD PIN')
  })

  it.each(vectors.pin.changes.filter((probe) => probe.reason !== null))(
    'is refused where $reason',
    ({ reason, oldPin, newPin, ...state }) => {
      const trial = new MailboxTrial()
      const { subscriber } = trial.mailbox()
      const changedAtMs = 'changedRecently' in state ? trial.clock.nowMs(ALICE) : null
      const vvmon = 'active' in state ? 'false' : 'true'
      const profile = new Map([...subscriber.profile, ['vvmon', vvmon]])
      const pin = { ...subscriber.pin, changedAtMs }
      trial.store.apply([{ kind: 'subscriber-stored', subscriber: { ...subscriber, profile, pin } }])
      const answered = change(trial, oldPin, newPin)
      expect([answered.status, answered.headers.get('reason-phrase')]).toEqual([403, reason])
      expect(answered.notes.join()).not.toContain(newPin)
      expect(trial.mailbox().subscriber).toEqual({ ...subscriber, profile, pin })
    },
  )

  it('is possible again a day later', () => {
    const trial = new MailboxTrial()
    change(trial, '1397', '2580')
    trial.clock.advance(DAY_MS - 1, ALICE)
    expect(change(trial, '2580', '1397').headers.get('reason-phrase')).toBe('PIN recently Changed')
    trial.clock.advance(1, ALICE)
    expect(change(trial, '2580', '1397').status).toBe(200)
  })

  it('keeps leading zeros', () => {
    const trial = new MailboxTrial()
    change(trial, '1397', '0582')
    trial.clock.advance(DAY_MS, ALICE)
    expect(change(trial, '582', '2580').headers.get('reason-phrase')).toBe('Invalid OLD PIN')
    expect(change(trial, '0582', '2580').status).toBe(200)
  })

  it.each([
    [[['PWD', '2580']]],
    [[['OLD_PWD', '1397']]],
    [
      [
        ['OLD_PWD', '1397'],
        ['PWD', '2580'],
        ['nut', 'true'],
      ],
    ],
  ])('is malformed with %j', (values) => {
    const trial = new MailboxTrial()
    expect(put(trial, values as unknown as readonly [string, string][]).status).toBe(400)
    expect(pinOf(trial)).toBe('1397')
  })
})
