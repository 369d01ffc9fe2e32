import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { afterEach, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { QUOTA_FILTER } from '#protocol/mstore/endpoints.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { MailboxTrial } from '../../tests/mstore-trial.ts'
import { Bsf } from '#mocks/bsf/bsf.ts'
import { call, closeMocks, control, startMock } from '../../tests/mstore-client.ts'
import { addMStoreData, type MStoreData } from './control-data.ts'
import { objectPath } from './object-paths.ts'

afterEach(closeMocks)

const read = (path: string): string => readFileSync(join(PACKAGE_ROOT, path), 'utf8')
const EXAMPLE = parse(read('examples/mstore.yaml')) as MStoreData
const [ALICE, BOB] = ['+15555558264', '+15555558265']
const K = '00112233445566778899aabbccddeeff'

describe('the example', () => {
  it('fills mailboxes that a client can read at once, and again after a reset', async () => {
    const mock = await startMock({ data: EXAMPLE, plain: true })
    const seen = await mock.subscribers.list()
    expect(seen).toEqual([
      {
        msisdn: ALICE,
        impi: '001010000008264@ims.mnc001.mcc001.3gppnetwork.org',
        pin: '2468',
        voicemails: 3,
        greetings: 2,
      },
      expect.objectContaining({ msisdn: BOB, pin: '1397', voicemails: 0, greetings: 0 }),
    ])
    const profile = await call(mock, { msisdn: ALICE, endpoint: { kind: 'profile' } })
    expect(profile.text).toContain('{"name":"Language","value":["fra"]}')
    const greetings = await call(mock, {
      msisdn: ALICE,
      endpoint: { kind: 'folder', folderId: FOLDERS.greetings.id, filter: QUOTA_FILTER },
    })
    expect(greetings.text).toContain('{"name":"GreetingsQuota","value":["5"]}')
    const path = objectPath({ folder: 'voicemails', number: 1 })
    const first = await call(mock, { msisdn: ALICE, endpoint: { kind: 'object', objectPath: path } })
    expect(first.text).toContain('12065550142')
    await mock.reset()
    expect(await mock.subscribers.list()).toEqual(seen)
  })
})

describe('data', () => {
  it('is added to what is there, with cards that are given and cards that are drawn', async () => {
    const mock = await startMock()
    const { isim: first } = await mock.subscribers.add({ msisdn: BOB })
    const taken = first.impi.replace('1@', '2@')
    const { status, json } = await control(mock, 'POST /seed', {
      subscribers: [
        { msisdn: '+15555550001' },
        { msisdn: '+15555550002', isim: { impi: taken, k: K, opc: K, sqn: '00000000000a' } },
      ],
    })
    expect(status).toBe(201)
    const added = json?.['subscribers'] as readonly { isim: Record<string, string> }[]
    expect(added[1]).toMatchObject({
      isim: { impi: taken, k: K, opc: K, sqn: '00000000000a' },
      bsf: mock.bsf,
    })
    expect(added[0]?.isim['impi']).toBe(first.impi.replace('1@', '3@'))
    expect(await mock.subscribers.list()).toHaveLength(3)
    expect(await mock.credentials('+15555550002')).toHaveProperty('username')
  })

  it.each<[what: string, second: object, status: number, error: string]>([
    [
      'a subscriber who is there',
      { msisdn: BOB },
      409,
      `/msisdn: expected that of no subscriber yet, got "${BOB}"`,
    ],
    [
      'a subscriber twice',
      { msisdn: ALICE },
      409,
      `/msisdn: expected that of no subscriber yet, got "${ALICE}"`,
    ],
    [
      'a card twice',
      { isim: { impi: 'a', k: K, opc: K } },
      409,
      '/isim/impi: expected that of no subscriber yet, got "a"',
    ],
    [
      'a short key',
      { isim: { k: '00', opc: K } },
      400,
      '/isim/k: expected text matching ^[0-9A-Fa-f]{32}$, got 2 characters',
    ],
    ['an unknown quota', { quotas: { Stickers: 3 } }, 400, '/quotas: expected one of'],
    ['no Base64', { greetings: [{ audio: '#!AMR' }] }, 400, '/greetings/0/audio: expected text matching'],
    ['an unknown member', { voicemail: [] }, 400, ': expected no further members, got "voicemail"'],
    [
      'a date after the year 9999',
      { voicemails: [{ date: 253_394_438_399_001 }] },
      400,
      '/voicemails/0/date: expected at most 253394438399000, got 253394438399001',
    ],
    [
      'an expiry after the year 9999',
      { voicemails: [{ expires: 253_402_300_799_001 }] },
      400,
      '/voicemails/0/expires: expected at most 253402300799000, got 253402300799001',
    ],
    [
      'a greeting after it',
      { greetings: [{ date: 9_007_199_254_740_991 }] },
      400,
      '/greetings/0/date: expected',
    ],
    ['a PIN that is a number', { pin: 2468 }, 400, '/pin: expected string, got 2468'],
  ])('with %s is refused whole, with its place, at once and at the start', async (...row) => {
    const [, second, status, error] = row
    const bob = { msisdn: BOB }
    const data = {
      subscribers: [
        { msisdn: ALICE, isim: { impi: 'a', k: K, opc: K }, voicemails: [{}] },
        { msisdn: '+15555550002', ...second },
      ],
    }
    const mock = await startMock({ data: { subscribers: [bob] } })
    const refused = await control(mock, 'POST /seed', data)
    expect(refused.status).toBe(status)
    expect(refused.json?.['error']).toContain(`/subscribers/1${error}`)
    expect(await mock.subscribers.list()).toHaveLength(1)
    const started = startMock({ data: { subscribers: [bob, ...data.subscribers] } })
    await expect(started).rejects.toThrow(UsageError)
    await expect(started).rejects.toThrow(/^--data: \/subscribers\/2/)
  })

  it('takes the latest dates that it allows', async () => {
    const latest = { date: 253_394_438_399_000 }
    const mock = await startMock({
      data: {
        subscribers: [
          { msisdn: ALICE, voicemails: [latest, { expires: 253_402_300_799_000 }], greetings: [latest] },
        ],
      },
    })
    expect(await mock.subscribers.list()).toMatchObject([{ voicemails: 2, greetings: 1 }])
  })

  it('is not stored in part where an object cannot be made', () => {
    const { store, world } = new MailboxTrial()
    const bsf = new Bsf({ world })
    const broken = { msisdn: '+15555550002', voicemails: [{}, { date: Number.MAX_SAFE_INTEGER }] }
    const first = { msisdn: '+15555550001', isim: { impi: 'a', k: K, opc: K } }
    const subscribers = [first, broken]
    const before = store.mailboxes.size
    expect(() => addMStoreData({ subscribers }, { mStore: { store }, bsf, world })).toThrow(RangeError)
    expect(store.mailboxes.size).toBe(before)
    expect(bsf.subscriber('a')).toBeUndefined()
  })

  it('describes a voicemail as POST /voicemails does', () => {
    interface Part {
      readonly properties: Readonly<Record<string, Record<string, unknown>>>
    }
    const { msisdn, ...members } = (JSON.parse(read('schemas/control/new-voicemail.json')) as Part).properties
    const subscribers = (JSON.parse(read('schemas/control/mstore-data.json')) as Part).properties[
      'subscribers'
    ]
    const voicemails = (subscribers?.['items'] as Part).properties['voicemails']
    const own = (voicemails?.['items'] as Part).properties
    expect(msisdn).toBeDefined()
    expect(Object.keys(own).toSorted()).toEqual(Object.keys(members).toSorted())
    for (const name of ['date', 'expires', 'from', 'frames', 'flags']) {
      expect({ ...own[name], type: [own[name]?.['type'], 'null'] }).toEqual(members[name])
    }
  })
})
