import { describe, expect, test } from 'vitest'
import { FOLDERS, folderOfId, folderOfPath, quotaMistakes, quotaNames, storageKib } from './folders.ts'
import { folderBody, readFolder } from './folder-body.ts'

const { voicemails, greetings } = FOLDERS
const URL =
  'https://h:443/phone20/mStoreRelay?path=http://i:8082/oemclient/nms/v1/ums/tel%3A%2B1555/folders/x'

function empty(folder: typeof voicemails): Map<string, string> {
  return new Map(quotaNames(folder).map((name) => [name, name.includes('Occupied') ? '0' : '9']))
}

describe('the folders', () => {
  test('MSTORE-FOLDER-30: are the two of the mStore spec', () => {
    expect(folderOfId('27a29814-dd8f-43ee-b768-19af98bf1d07')).toBe(voicemails)
    expect(folderOfId('c1a7c823-fdd1-4857-8d44-b315444d2a83')).toBe(greetings)
    expect(folderOfId('test')).toBeNull()
    expect(['/VV-Mail/Inbox', '/VV-Mail/Greetings', '/VV-Mail/Nowhere'].map(folderOfPath)).toEqual([
      voicemails,
      greetings,
      null,
    ])
  })

  test.each([
    [0, 0],
    [1023, 0],
    [1024, 1],
    [1025, 1],
    [2047, 1],
  ])('count %i bytes as %i KiB', (bytes, kib) => {
    expect(storageKib(bytes)).toBe(kib)
  })
})

describe('the quota of a folder', () => {
  test('has the numbers that the mStore spec shows', () => {
    expect(quotaNames(voicemails)).toEqual([
      ...['OccupiedStorage', 'TotalStorage'],
      ...['FaxOccupiedMessages', 'FaxMessagesQuota', 'VMOccupiedMessages', 'VMMessagesQuota'],
    ])
    expect(quotaNames(greetings)).toEqual([
      ...['OccupiedStorage', 'TotalStorage', 'GreetingsOccupied', 'GreetingsQuota'],
      ...['NormalGreetingOccupied', 'NormalGreetingQuota', 'VoiceSignatureOccupied', 'VoiceSignatureQuota'],
    ])
    expect(quotaMistakes(voicemails, empty(voicemails))).toEqual([])
    expect(quotaMistakes(greetings, empty(greetings).set('x-unknown', 'x'))).toEqual([])
  })

  test.each([
    ['OccupiedStorage', '10', 'OccupiedStorage: expected at most TotalStorage, got 10'],
    ['VMMessagesQuota', 'many', 'VMMessagesQuota: expected a decimal number, got many'],
    ['GreetingsQuota', '9', 'GreetingsQuota: expected none in voicemails, got one'],
  ])('with %s %s has a mistake', (name, value, mistake) => {
    expect(quotaMistakes(voicemails, empty(voicemails).set(name, value))).toEqual([mistake])
  })

  test('with a number missing has a mistake', () => {
    const values = empty(greetings)
    values.delete('GreetingsOccupied')
    expect(quotaMistakes(greetings, values)).toEqual([
      'GreetingsOccupied: expected a decimal number, got none',
    ])
  })
})

describe('the body of a folder', () => {
  const values = empty(voicemails)
  const body = folderBody({ parentFolder: URL, resourceURL: URL, values })

  test('has its own URL inside the attributes', () => {
    expect(readFolder(JSON.parse(JSON.stringify(body)))).toEqual({
      kind: 'folder',
      parentFolder: URL,
      resourceURL: URL,
      urlPlace: 'attributes',
      values,
    })
  })

  test('is read with that URL beside the attributes, and with none (E-22)', () => {
    const attributes = { attribute: body.folder.attributes.attribute }
    expect(readFolder({ folder: { attributes, resourceURL: URL } })).toMatchObject({
      parentFolder: null,
      resourceURL: URL,
      urlPlace: 'folder',
    })
    expect(readFolder({ folder: { attributes } })).toMatchObject({ resourceURL: null, urlPlace: null })
  })

  test.each([null, {}, { folder: [] }, { folder: {} }])('is not %j', (other) => {
    expect(readFolder(other)).toMatchObject({ kind: 'parse-error' })
  })
})
