import { describe, expect, it } from 'vitest'
import { MailboxTrial } from '../../tests/mstore-trial.ts'
import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'

describe('the flag of a greeting', () => {
  it('is set and cleared as often as one likes, without a body', () => {
    const trial = new MailboxTrial()
    const greeting = trial.greeting()
    for (const [method, flags] of [
      ['PUT', [GREETING_ON, SEEN]],
      ['PUT', [GREETING_ON, SEEN]],
      ['DELETE', [SEEN]],
      ['DELETE', [SEEN]],
    ] as const) {
      const { status, bytes } = trial.flag(method, greeting, GREETING_ON)
      expect([status, bytes.length]).toEqual([204, 0])
      expect(trial.read(greeting).flags.toSorted()).toEqual(flags)
    }
  })

  it('may be on several greetings', () => {
    const trial = new MailboxTrial()
    const greetings = [trial.greeting(), trial.greeting()]
    for (const greeting of greetings) trial.flag('PUT', greeting, GREETING_ON)
    for (const greeting of greetings) expect(trial.read(greeting).flags).toContain(GREETING_ON)
  })

  it('is taken whatever the Content-Type', () => {
    const trial = new MailboxTrial()
    const { folder, number } = trial.greeting()
    const endpoint = {
      kind: 'flag',
      objectPath: `${FOLDERS[folder].id}%3A${number}`,
      flag: GREETING_ON,
    } as const
    const contentType = 'application/x-www-form-urlencoded'
    expect(trial.ask('PUT', endpoint, { contentType }).kind).toBe('set')
  })

  it('is no flag of a voicemail, nor of an object that is not there', () => {
    const trial = new MailboxTrial()
    const voicemail = trial.leave()
    expect(trial.flag('PUT', voicemail, GREETING_ON)).toMatchObject({ kind: 'not-a-greeting', status: 403 })
    expect(trial.flag('DELETE', voicemail, GREETING_ON).kind).toBe('not-a-greeting')
    expect(trial.flag('PUT', { ...voicemail, number: 9 }, GREETING_ON).kind).toBe('unknown-object')
    expect(trial.objects('voicemails')).toEqual([voicemail])
  })
})

describe.each([SEEN, RECENT, KEPT, '$Nonsense', '$cns-greeting-on'])('the flag %s', (flag) => {
  it.each(['PUT', 'DELETE'] as const)('is not changed by %s', (method) => {
    const trial = new MailboxTrial()
    const objects = [trial.greeting(), trial.leave({ flags: [SEEN, KEPT] }), trial.leave()]
    for (const object of objects)
      expect(trial.flag(method, object, flag)).toMatchObject({ kind: 'forbidden-flag', status: 403 })
    expect([...trial.objects('greetings'), ...trial.objects('voicemails')]).toEqual(objects)
  })
})
