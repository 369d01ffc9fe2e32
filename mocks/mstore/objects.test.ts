import { describe, expect, it } from 'vitest'
import { MailboxTrial, START_MS } from '../../tests/mstore-trial.ts'
import { checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { flagMistakes, RECENT } from '#protocol/mstore/flags.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { objectAttributeMistakes } from '#protocol/mstore/object-attributes.ts'
import { objectPath } from './object-paths.ts'

const BASE =
  'https://127.0.0.1:443/phone20/mStoreRelay?path=http://wsg.mstore.msg.eng.t-mobile.com:8082/oemclient/nms/v1/ums/tel%3A%2B15555558264'

describe('an object', () => {
  it('is shown with every member of the mStore spec, URLs extended', () => {
    const trial = new MailboxTrial()
    const voicemail = trial.leave({ date: START_MS, from: '15550001111@tmo.com' })
    const path = objectPath(voicemail)
    const { status, json } = trial.ask('GET', { kind: 'object', objectPath: path })
    expect(status).toBe(200)
    expect(checkMstoreBody('object', json)).toEqual([])
    const object = trial.read(voicemail)
    expect(object).toMatchObject({
      parentFolder: `${BASE}/folders/${FOLDERS.voicemails.id}`,
      resourceURL: `${BASE}/objects/${FOLDERS.voicemails.id}%3A1`,
      flagsURL: `${BASE}/objects/${path}/flags`,
      path: '/VV-Mail/Inbox/1',
      payloadURL: `${BASE}/objects/${path}/payload`,
      payloadPart: {
        contentType: 'audio/amr',
        size: String(voicemail.audio.length),
        contentEncoding: 'base64',
        contentDisposition: 'attachment; filename="voicemail-20240101000000.amr"',
        href: `${BASE}/objects/${path}/payloadParts/part1`,
      },
      flags: [RECENT],
    })
    expect(object.correlationId).toBe(object.attributes.get('Message-Id'))
    expect(object.correlationId).toMatch(/^2024-01-01T00:00:00Z-conn:[0-9a-f]{16}$/)
  })

  it('of either folder has the attributes of that folder and no other', () => {
    const trial = new MailboxTrial()
    const voicemail = trial.read(trial.leave({ from: '15550001111@tmo.com' })).attributes
    const greeting = trial.read(trial.greeting()).attributes
    expect(objectAttributeMistakes('voicemails', voicemail)).toEqual([])
    expect(objectAttributeMistakes('greetings', greeting)).toEqual([])
    expect(voicemail.get('from')).toBe('15550001111@tmo.com')
    expect(greeting.get('from')).toBe('15555558264')
    for (const attributes of [voicemail, greeting]) {
      expect(attributes.get('to')).toBe('15555558264')
      expect(attributes.get('Direction')).toBe('In')
    }
  })

  it('is not changed by being read', () => {
    const trial = new MailboxTrial()
    const voicemail = trial.leave()
    trial.read(voicemail)
    expect(flagMistakes(trial.read(voicemail).flags)).toEqual([])
    expect(trial.mailbox().objects.get(objectPath(voicemail))).toBe(voicemail)
  })

  it.each([`${FOLDERS.voicemails.id}%3A2`, `${FOLDERS.greetings.id}%3A1`, 'test', '%3A1'])(
    'is not there under %s',
    (path) => {
      const trial = new MailboxTrial()
      trial.leave()
      expect(trial.ask('GET', { kind: 'object', objectPath: path })).toMatchObject({
        kind: 'unknown-object',
        status: 404,
      })
    },
  )

  it('is found whatever the case of the escape', () => {
    const trial = new MailboxTrial()
    const path = objectPath(trial.leave()).replace('%3A', '%3a')
    expect(trial.ask('GET', { kind: 'object', objectPath: path }).kind).toBe('read')
  })
})

describe('a voicemail', () => {
  it('has a number of its own, with a domain now and then', () => {
    const trial = new MailboxTrial()
    const from = Array.from({ length: 6 }, () => trial.leave().attributes.get('from') ?? '')
    expect(from.filter((number) => /^\d{11}@tmo\.com$/.test(number))).toHaveLength(3)
    expect(from.filter((number) => /^\d{11}$/.test(number))).toHaveLength(3)
  })

  it('lasts as long as it says', () => {
    const trial = new MailboxTrial()
    const { attributes } = trial.leave({ frames: 251 })
    expect(attributes.get('content-duration')).toBe('6')
  })

  it('goes when it has expired, on its own subscriber’s clock, save one that is kept', () => {
    const trial = new MailboxTrial()
    const [gone, kept, left] = [
      trial.leave({ expires: START_MS + 60_000 }),
      trial.leave({ expires: START_MS + 60_000, flags: ['$MarkNotToDelete'] }),
      trial.leave({ expires: START_MS + 61_000 }),
    ]
    trial.clock.advance(59_999)
    trial.folder('voicemails')
    expect(trial.objects('voicemails')).toEqual([gone, kept, left])
    trial.clock.advance(1)
    expect(trial.quota('voicemails').get('VMOccupiedMessages')).toBe('2')
    expect(trial.objects('voicemails')).toEqual([kept, left])
    expect(trial.leave().number).toBe(4)
  })
})
