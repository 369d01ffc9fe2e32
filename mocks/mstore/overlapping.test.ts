import { expect, it } from 'vitest'
import { MailboxTrial } from '../../tests/mstore-trial.ts'
import { profileBody } from '#protocol/mstore/profile.ts'
import { LOST_CHANGE_FAULTS } from './lost-changes.faults.ts'

const LOSING = LOST_CHANGE_FAULTS.find(({ id }) => id === 'MSTORE-PROFILE-17/loses-one-of-two-writes')

/** Gives out a challenge; what answers it writes one attribute of the profile. */
function challenged(trial: MailboxTrial, nonce: string): (name: string, value: string) => void {
  trial.store.apply([{ kind: 'nonce-issued', nonce, connection: 1, asked: '' }])
  return (name, value) => {
    const body = JSON.stringify(profileBody([[name, value]]))
    trial.ask('PUT', { kind: 'profile' }, { body, authorization: `Digest nonce="${nonce}"` })
  }
}

/** Two attributes after two writes that began, and ended, in this order. */
function written(order: 'one after the other' | 'at once'): readonly (string | undefined)[] {
  const trial = new MailboxTrial(LOSING?.patch)
  const first = challenged(trial, 'first')
  const early = order === 'at once' ? challenged(trial, 'second') : null
  first('nut', 'true')
  const second = early ?? challenged(trial, 'second')
  second('Language', 'fra')
  const { profile } = trial.mailbox().subscriber
  return [profile.get('nut'), profile.get('Language')]
}

it('changes what a request changes whose challenge came before another one’s change', () => {
  expect(written('at once')).toEqual(['false', 'fra'])
})

it('leaves a request alone whose challenge came after it', () => {
  expect(written('one after the other')).toEqual(['true', 'fra'])
})
