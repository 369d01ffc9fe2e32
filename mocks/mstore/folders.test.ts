import { describe, expect, it } from 'vitest'
import { ALICE, MailboxTrial } from '../../tests/mstore-trial.ts'
import { checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { FOLDERS, quotaMistakes, quotaNames } from '#protocol/mstore/folders.ts'
import { deployed } from './dialects.ts'

const names = ['voicemails', 'greetings'] as const

describe('a folder', () => {
  it.each(names)('of %s shows its quota as the mStore spec has it', (name) => {
    const trial = new MailboxTrial()
    const { status, json } = trial.folder(name)
    expect(status).toBe(200)
    expect(checkMstoreBody('folder', json)).toEqual([])
    expect(quotaMistakes(FOLDERS[name], trial.quota(name))).toEqual([])
    expect([...trial.quota(name).keys()].toSorted()).toEqual([...quotaNames(FOLDERS[name])].toSorted())
    const url = `https://127.0.0.1:443/phone20/mStoreRelay?path=http://wsg.mstore.msg.eng.t-mobile.com:8082/oemclient/nms/v1/ums/tel%3A%2B15555558264/folders/${FOLDERS[name].id}`
    expect(json).toMatchObject({ folder: { parentFolder: url, attributes: { resourceURL: url } } })
  })

  it('lists its attributes in an order that changes', () => {
    const trial = new MailboxTrial()
    const orders = Array.from({ length: 10 }, () => [...trial.quota('greetings').keys()].join())
    expect(new Set(orders).size).toBeGreaterThan(1)
  })

  it('counts what it holds, each folder for itself', () => {
    const trial = new MailboxTrial()
    trial.leave()
    trial.leave()
    trial.upload({ attributes: { 'x-cns-greeting-type': 'voice-signature' } })
    trial.upload({ attributes: { 'x-cns-greeting-type': 'normal-greeting' } })
    trial.upload({ attributes: { 'x-cns-greeting-type': 'busy-greeting' } })
    const [voicemails, greetings] = [trial.quota('voicemails'), trial.quota('greetings')]
    expect(voicemails.get('VMOccupiedMessages')).toBe('2')
    expect(voicemails.get('FaxOccupiedMessages')).toBe('0')
    expect(greetings.get('GreetingsOccupied')).toBe('3')
    expect(greetings.get('NormalGreetingOccupied')).toBe('1')
    expect(greetings.get('VoiceSignatureOccupied')).toBe('1')
  })

  it.each([
    [1023, '0'],
    [1025, '1'],
    [2047, '1'],
    [2048, '2'],
  ])('rounds %i stored bytes down to %s KiB', (bytes, shown) => {
    const trial = new MailboxTrial()
    trial.upload({ audio: new Uint8Array(bytes) })
    expect(trial.quota('greetings').get('OccupiedStorage')).toBe(shown)
    expect(trial.quota('voicemails').get('OccupiedStorage')).toBe('0')
  })

  it('shows the limits of its own subscriber', () => {
    const trial = new MailboxTrial()
    const { subscriber } = trial.mailbox(ALICE)
    const quotas = new Map([...subscriber.quotas, ['GreetingsQuota', 2] as const])
    trial.store.apply([{ kind: 'subscriber-stored', subscriber: { ...subscriber, quotas } }])
    expect(trial.quota('greetings').get('GreetingsQuota')).toBe('2')
  })

  it.each([
    [`${FOLDERS.greetings.id}?attrFilter=Quota`, 'read'],
    [`${FOLDERS.greetings.id}%3FattrFilter%3DQuota`, 'read'],
    [FOLDERS.greetings.id, 'no-filter'],
    [`${FOLDERS.greetings.id}?attrFilter=Nonsense`, 'malformed'],
    ['00000000-0000-4000-8000-000000000000?attrFilter=Quota', 'unknown-folder'],
  ])('asked for as %s is %s', (path, kind) => {
    expect(ask(new MailboxTrial(), path).kind).toBe(kind)
  })

  it('of the deployed server wants its query encoded', () => {
    const trial = new MailboxTrial(deployed)
    expect(ask(trial, `${FOLDERS.greetings.id}?attrFilter=Quota`).kind).toBe('no-filter')
    expect(ask(trial, `${FOLDERS.greetings.id}%3FattrFilter%3DQuota`).kind).toBe('read')
  })
})

function ask(trial: MailboxTrial, path: string) {
  return trial.ask('GET', `/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15555558264/folders/${path}`)
}
