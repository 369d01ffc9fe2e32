import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { ALICE, MailboxTrial } from '../../tests/mstore-trial.ts'
import { checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { PROFILE_ATTRIBUTES, profileBody, profileMistakes, readProfile } from '#protocol/mstore/profile.ts'

const PROFILE = { kind: 'profile' } as const

function read(trial: MailboxTrial): ReadonlyMap<string, string> {
  const reading = readProfile(trial.ask('GET', PROFILE).json)
  if (reading.kind === 'parse-error') throw new Error(reading.reason)
  return reading.values
}

function put(
  trial: MailboxTrial,
  values: Readonly<Record<string, string>>,
  contentType = 'application/json',
) {
  return trial.ask('PUT', PROFILE, { body: JSON.stringify(profileBody(Object.entries(values))), contentType })
}

describe('the profile', () => {
  it('is returned as the mStore spec shows it', () => {
    const trial = new MailboxTrial()
    const { status, json } = trial.ask('GET', PROFILE)
    expect(status).toBe(200)
    expect(checkMstoreBody('profile', json)).toEqual([])
    expect(profileMistakes(read(trial))).toEqual([])
    expect(read(trial)).toEqual(read(trial))
  })

  it('takes what is sent and leaves the rest', () => {
    const trial = new MailboxTrial()
    const before = read(trial)
    const answered = put(trial, { nut: 'true' })
    expect([answered.status, answered.bytes.length, answered.headers.size]).toEqual([200, 0, 0])
    expect(read(trial)).toEqual(new Map([...before, ['nut', 'true']]))
  })

  test.prop([
    fc.constantFrom(...PROFILE_ATTRIBUTES.filter(({ access }) => access !== 'out'), {
      name: 'x-unknown',
      access: 'in',
      type: 'text',
    }),
  ])('is changed by no attribute that is not written', ({ name, access, type }) => {
    const trial = new MailboxTrial()
    const before = read(trial)
    const value =
      type === 'boolean' ? (before.get(name)?.toLowerCase() === 'true' ? 'false' : 'true') : 'other'
    expect(put(trial, { [name]: value }).status).toBe(200)
    expect(read(trial)).toEqual(access === 'in' ? before : new Map([...before, [name, value]]))
  })

  it('is switched off and on again, but not as deployed', () => {
    const trial = new MailboxTrial()
    put(trial, { vvmon: 'false' })
    expect(read(trial).get('vvmon')).toBe('false')
    put(trial, { vvmon: 'true' })
    expect(read(trial).get('vvmon')).toBe('true')
    const deployed = new MailboxTrial({ profile: { mayDeactivate: false } })
    expect(put(deployed, { vvmon: 'false' }).status).toBe(403)
    expect(read(deployed).get('vvmon')).toBe('true')
  })

  it.each([
    ['no boolean', '{"vvmserviceProfile":{"attributes":{"attribute":[{"name":"nut","value":["maybe"]}]}}}'],
    ['no list', '{"vvmserviceProfile":{"attributes":{"nut":"true"}}}'],
    [
      'two values',
      '{"vvmserviceProfile":{"attributes":{"attribute":[{"name":"nut","value":["true","true"]}]}}}',
    ],
    ['no JSON', '{'],
  ])('is not changed by %s', (_, body) => {
    const trial = new MailboxTrial()
    const before = trial.mailbox().subscriber
    const answered = trial.ask('PUT', PROFILE, { body })
    expect([answered.status, answered.json]).toEqual([400, { error: 'MSTORE_RLY-MST_NWKERR' }])
    expect(trial.mailbox().subscriber).toEqual(before)
  })

  it('is JSON by its Content-Type', () => {
    const trial = new MailboxTrial()
    expect(put(trial, { nut: 'true' }, 'text/plain').status).toBe(400)
    const untyped = { body: JSON.stringify(profileBody([['nut', 'true']])), contentType: undefined }
    expect(trial.ask('PUT', PROFILE, untyped).status).toBe(400)
    expect(put(trial, { nut: 'true' }, 'application/json; charset=utf-8').status).toBe(200)
  })

  it.each(['DELETE', 'POST', 'PATCH'])('has no %s', (method) => {
    const trial = new MailboxTrial()
    expect(trial.ask(method, PROFILE).status).toBe(405)
    expect(
      trial.ask('GET', `/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B${ALICE.slice(1)}/no`).status,
    ).toBe(404)
  })
})
