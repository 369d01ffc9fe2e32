import { describe, expect, it } from 'vitest'
import { ALICE, BOB, MailboxTrial, objectUrl } from '../../tests/mstore-trial.ts'
import { makeAmr } from '#protocol/mstore/amr.ts'
import { GREETING_ON, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { profileBody } from '#protocol/mstore/profile.ts'
import type { StoredObject } from './mailbox.ts'
import { objectPath } from './object-paths.ts'
import { WALK_FAULTS } from './walk.faults.ts'

/** Mailboxes of an mStore with one of the faults. */
function faulty(id: string): MailboxTrial {
  const fault = WALK_FAULTS.find((each) => each.id === id)
  if (fault === undefined) throw new Error(`fault: expected one of walks, got ${id}`)
  return new MailboxTrial(fault.patch)
}

function activate(trial: MailboxTrial, object: StoredObject): void {
  trial.flag('PUT', object, GREETING_ON)
}

function active(trial: MailboxTrial): readonly boolean[] {
  return trial.objects('greetings').map(({ greetingOn }) => greetingOn)
}

function write(trial: MailboxTrial, ...values: readonly (readonly [string, string])[]): number {
  return trial.ask('PUT', { kind: 'profile' }, { body: JSON.stringify(profileBody(values)) }).status
}

function profile(trial: MailboxTrial, name: string, msisdn = ALICE): string | undefined {
  return trial.mailbox(msisdn).subscriber.profile.get(name)
}

const SIGNATURE = { attributes: { 'x-cns-greeting-type': 'voice-signature' } }

describe('a fault of the mStore that walks find', () => {
  it('shows what is in another mailbox where an object was deleted', () => {
    const trial = faulty('MSTORE-OBJECT-45/shows-anothers-for-what-was-deleted')
    const voicemail = trial.leave()
    trial.leave({}, BOB)
    trial.bulkDelete([objectUrl(voicemail)])
    expect(trial.ask('GET', { kind: 'object', objectPath: objectPath(voicemail) }).status).toBe(200)
  })

  it('deletes three objects of another mailbox', () => {
    const trial = faulty('MSTORE-BULKDELETE-16/deletes-three-of-another')
    const three = [trial.leave(), trial.leave(), trial.leave()]
    trial.leave({}, BOB)
    trial.bulkDelete(three.map((object) => objectUrl(object)))
    expect(trial.mailbox(BOB).objects.size).toBe(0)
  })

  it('changes objects with flag calls that it refuses', () => {
    const one = faulty('MSTORE-FLAG-14/deactivates-for-another-flag')
    const greeting = one.greeting()
    activate(one, greeting)
    expect(one.flag('PUT', greeting, SEEN).status).toBe(403)
    expect(active(one)).toEqual([false])
    const other = faulty('MSTORE-FLAG-21/marks-the-voicemail-as-seen')
    expect(other.flag('PUT', other.leave(), GREETING_ON).status).toBe(403)
    expect(other.objects('voicemails')).toMatchObject([{ seen: true }])
  })

  it('takes a PIN that it refused twice', () => {
    const trial = faulty('MSTORE-PIN-16/takes-the-third-refused-pin')
    const change = ['OLD_PWD', '9999'] as const
    for (let times = 0; times < 3; times++) expect(write(trial, change, ['PWD', '8264'])).toBe(403)
    expect(trial.mailbox().subscriber.pin.current).toBe('8264')
  })

  it('writes what fits of a profile that it refuses', () => {
    const trial = faulty('MSTORE-PROFILE-17/writes-what-fits-of-what-is-refused')
    expect(write(trial, ['Language', 'fra'], ['nut', 'maybe'])).toBe(400)
    expect(profile(trial, 'Language')).toBe('fra')
  })

  it('takes a path with a digit more', () => {
    const trial = faulty('MSTORE-FLAG-22/ignores-what-follows')
    const greeting = trial.greeting()
    activate(trial, { ...greeting, number: greeting.number * 10 })
    expect(active(trial)).toEqual([true])
    const marking = faulty('MSTORE-BULKUPDATE-19/ignores-what-follows')
    const voicemail = marking.leave()
    marking.bulkUpdate('AddFlag', [objectUrl({ ...voicemail, number: voicemail.number * 10 })])
    expect(marking.objects('voicemails')).toMatchObject([{ seen: true }])
    const deleting = faulty('MSTORE-BULKDELETE-09/ignores-what-follows')
    const other = deleting.leave()
    deleting.bulkDelete([objectUrl({ ...other, number: other.number * 10 })])
    expect(deleting.objects('voicemails')).toEqual([])
  })

  it('makes the first of three active greetings inactive', () => {
    const trial = faulty('MSTORE-FLAG-17/has-two-active-greetings')
    for (let times = 0; times < 3; times++) activate(trial, trial.greeting())
    expect(active(trial)).toEqual([false, true, true])
  })

  it('makes greetings inactive that are marked together', () => {
    const trial = faulty('MSTORE-BULKUPDATE-33/deactivates-several')
    const two = [trial.greeting(), trial.greeting()]
    for (const greeting of two) activate(trial, greeting)
    trial.bulkUpdate(
      'RemoveFlag',
      two.map((object) => objectUrl(object)),
    )
    expect(active(trial)).toEqual([false, false])
  })

  it('spoils the profile by writes of other attributes', () => {
    const one = faulty('MSTORE-PROFILE-17/resets-with-the-language')
    write(one, ['nut', 'true'])
    write(one, ['Language', 'fra'])
    expect(profile(one, 'nut')).toBe('false')
    const two = faulty('MSTORE-PROFILE-17/resets-the-language-for-two')
    write(two, ['Language', 'fra'])
    write(two, ['nut', 'true'], ['vvmon', 'true'])
    expect(profile(two, 'Language')).toBe('eng')
    const three = faulty('MSTORE-PROFILE-26/ignores-case')
    write(three, ['NUT', 'true'])
    expect(profile(three, 'nut')).toBe('true')
  })

  it('makes greetings inactive by what is not about them', () => {
    const one = faulty('MSTORE-PROFILE-27/deactivates-greetings-when-switched-on')
    activate(one, one.greeting())
    write(one, ['vvmon', 'false'])
    write(one, ['vvmon', 'true'])
    expect(active(one)).toEqual([false])
    const two = faulty('MSTORE-BULKDELETE-09/deactivates-what-is-left')
    const [first, second] = [two.greeting(), two.greeting()]
    activate(two, first)
    activate(two, second)
    two.bulkDelete([objectUrl(first)])
    expect(active(two)).toEqual([false])
    const three = faulty('MSTORE-UPLOAD-48/deactivates-for-a-voice-signature')
    activate(three, three.greeting())
    three.greeting(SIGNATURE)
    expect(active(three)).toEqual([false, false])
  })

  it('takes the object behind the last of three', () => {
    const one = faulty('MSTORE-BULKDELETE-09/deletes-what-comes-behind')
    const four = [one.leave(), one.leave(), one.leave(), one.leave()]
    one.bulkDelete(four.slice(0, 3).map((object) => objectUrl(object)))
    expect(one.objects('voicemails').map(({ number }) => number)).toEqual([3])
    const two = faulty('MSTORE-BULKUPDATE-20/marks-what-comes-behind')
    const others = [two.leave(), two.leave(), two.leave(), two.leave()]
    two.bulkUpdate(
      'AddFlag',
      others.slice(0, 3).map((object) => objectUrl(object)),
    )
    expect(two.objects('voicemails').map(({ seen }) => seen)).toEqual([true, true, false, true])
  })

  it('stores a voice signature in place of another one of its size', () => {
    const trial = faulty('MSTORE-UPLOAD-40/takes-signatures-of-one-size-for-the-same')
    for (let times = 0; times < 4; times++) trial.upload({ ...SIGNATURE, audio: makeAmr(3) })
    expect(trial.objects('greetings')).toHaveLength(3)
  })

  it('shows a wrong flag or attribute in one situation', () => {
    const one = faulty('MSTORE-FLAG-01/forgets-recent-of-signatures')
    const signature = one.greeting({ ...SIGNATURE, flags: [RECENT] })
    activate(one, signature)
    expect(one.read(signature).flags).toEqual([GREETING_ON])
    const two = faulty('MSTORE-UPLOAD-13/forgets-the-type-of-active-greetings')
    const other = two.greeting(SIGNATURE)
    activate(two, other)
    expect(two.read(other).attributes.get('x-cns-greeting-type')).toBe('normal-greeting')
  })

  it('does not do a thing for the third time', () => {
    const one = faulty('MSTORE-FLAG-09/activates-twice')
    const greeting = one.greeting()
    for (let times = 0; times < 3; times++) {
      one.flag('DELETE', greeting, GREETING_ON)
      activate(one, greeting)
    }
    expect(active(one)).toEqual([false])
    const two = faulty('MSTORE-PROFILE-17/writes-three-times')
    for (const value of ['a', 'b', 'c', 'd']) write(two, ['Language', value])
    expect(profile(two, 'Language')).toBe('c')
    const three = faulty('MSTORE-BULKUPDATE-29/marks-a-greeting-twice')
    const marked = three.greeting({ flags: [] })
    for (const operation of ['AddFlag', 'RemoveFlag', 'AddFlag'])
      three.bulkUpdate(operation, [objectUrl(marked)])
    expect(three.objects('greetings')).toMatchObject([{ seen: false }])
  })
})
