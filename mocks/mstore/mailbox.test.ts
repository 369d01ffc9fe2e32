import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { MailboxTrial, objectUrl, START_MS } from '../../tests/mstore-trial.ts'
import { flagMistakes, GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import { FOLDERS, quotaMistakes } from '#protocol/mstore/folders.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import type { StoredObject } from './mailbox.ts'

/** What can happen to a mailbox; `at` chooses the object it happens to. */
const events: Readonly<Record<string, (trial: MailboxTrial, at: number) => unknown>> = {
  leave: (trial, at) => trial.leave({ date: START_MS + at * 1000, expires: START_MS + at * 10_000 }),
  upload: (trial, at) => trial.upload({ flags: at % 2 === 0 ? [] : [SEEN], audio: new Uint8Array(at * 100) }),
  see: (trial, at) => trial.bulkUpdate('AddFlag', urlsOf(trial, at)),
  forget: (trial, at) => trial.bulkUpdate('RemoveFlag', urlsOf(trial, at)),
  delete: (trial, at) => trial.bulkDelete(urlsOf(trial, at)),
  activate: (trial, at) => chosen(trial, at).map((object) => trial.flag('PUT', object, GREETING_ON)),
  deactivate: (trial, at) => chosen(trial, at).map((object) => trial.flag('DELETE', object, GREETING_ON)),
  wait: (trial, at) => {
    trial.clock.advance(at * 1000)
  },
}
const happening = fc.tuple(fc.constantFrom(...Object.keys(events)), fc.integer({ min: 1, max: 12 }))

describe('a mailbox, whatever happens to it', () => {
  test.prop([fc.array(happening, { maxLength: 25 })])('counts, lists and shows the same objects', (list) => {
    const trial = new MailboxTrial()
    const given: string[] = []
    for (const [name, at] of list) {
      const before = new Set(trial.mailbox().objects.keys())
      events[name]?.(trial, at)
      given.push(...[...trial.mailbox().objects.keys()].filter((path) => !before.has(path)))
    }
    expect(new Set(given).size).toBe(given.length)
    for (const name of ['voicemails', 'greetings'] as const) {
      const quota = trial.quota(name)
      const { json } = trial.search(name)
      const listed = membersOf(membersOf(json)['objectList'])['object'] as readonly unknown[]
      const objects = trial.objects(name)
      expect(quotaMistakes(FOLDERS[name], quota)).toEqual([])
      expect(quota.get(name === 'voicemails' ? 'VMOccupiedMessages' : 'GreetingsOccupied')).toBe(
        String(listed.length),
      )
      expect(listed).toHaveLength(objects.length)
      for (const object of objects) {
        const { flags } = trial.read(object)
        expect(flagMistakes(flags)).toEqual([])
        expect(flags.includes(GREETING_ON) && name === 'voicemails').toBe(false)
      }
    }
  })
})

function chosen(trial: MailboxTrial, at: number): readonly StoredObject[] {
  const objects = [...trial.mailbox().objects.values()]
  const object = objects[at % Math.max(1, objects.length)]
  return object === undefined ? [] : [object]
}

function urlsOf(trial: MailboxTrial, at: number): readonly string[] {
  return chosen(trial, at).map((object) => objectUrl(object))
}
