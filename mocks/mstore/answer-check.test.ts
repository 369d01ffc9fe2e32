import { afterEach, describe, expect, it } from 'vitest'
import { call, closeMocks, control, startMock, subscribe } from '../../tests/mstore-client.ts'
import { bulkDeleteBody } from '#protocol/mstore/bulk-requests.ts'
import { endpointPath, type MStoreEndpoint } from '#protocol/mstore/endpoints.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { searchBody } from '#protocol/mstore/search.ts'
import { simpleUrl } from '#protocol/mstore/urls.ts'
import { answerMistakes } from './answer-check.ts'
import type { MStoreMockOptions } from './start.ts'

afterEach(closeMocks)

const FOLDER: MStoreEndpoint = { kind: 'folder', folderId: FOLDERS.voicemails.id, filter: null }

/** An mStore whose answers are checked, with a voicemail; `lines` are what was found. */
async function checked(options: MStoreMockOptions = {}) {
  const lines: string[] = []
  const onAnswer: MStoreMockOptions['onAnswer'] = (handled) => lines.push(...answerMistakes(handled))
  const mock = await startMock({ plain: true, ...options, onAnswer })
  const { msisdn } = await subscribe(mock)
  const { json } = await control(mock, 'POST /voicemails', { msisdn })
  const path = String(json?.['objectPath'])
  const urlOf = (endpoint: MStoreEndpoint): string => simpleUrl(mock.url, endpointPath(msisdn, endpoint))
  return { mock, lines, msisdn, path, urlOf }
}

type CheckedMStoreAnswer = Awaited<ReturnType<typeof checked>>

/** Some of everything that is answered with JSON; gives the statuses. */
async function askAround({ mock, msisdn, path, urlOf }: CheckedMStoreAnswer): Promise<readonly number[]> {
  const found = (folderId: string) =>
    searchBody({ maxEntries: 1, scope: urlOf({ ...FOLDER, folderId } as MStoreEndpoint) })
  const objectAt = (objectPath: string): string => urlOf({ kind: 'object', objectPath })
  const gone = path.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  const calls = [
    { endpoint: { kind: 'profile' } },
    { endpoint: { kind: 'profile' }, method: 'PUT', json: {} },
    { endpoint: { kind: 'object', objectPath: path } },
    { endpoint: { kind: 'search' }, method: 'POST', json: found(FOLDERS.voicemails.id) },
    { endpoint: { kind: 'search' }, method: 'POST', json: found(FOLDERS.greetings.id) },
    {
      endpoint: { kind: 'bulk-delete' },
      method: 'DELETE',
      json: bulkDeleteBody([objectAt(path), objectAt(gone)]),
    },
  ] as const
  const statuses: number[] = []
  for (const each of calls) statuses.push((await call(mock, { msisdn, ...each })).status)
  return statuses
}

describe('the check of answers of the mStore', () => {
  it.each([
    ['documented', [200, 400, 200, 200, 200, 500]],
    ['deployed', [200, 400, 200, 200, 204, 500]],
  ] as const)('finds nothing in what the %s one answers', async (dialect, statuses) => {
    const started = await checked({ dialect })
    expect(await askAround(started)).toEqual(statuses)
    expect(started.lines).toEqual([])
  })

  it('finds a body that misses its schema, in what went out', async () => {
    const wire = { jsonText: (value: unknown) => JSON.stringify(value).replaceAll('resourceURL', 'url') }
    const started = await checked({ rulebook: { wire } })
    await askAround(started)
    expect(started.lines).toEqual(
      expect.arrayContaining([
        'answer to read-object read: /object: expected member resourceURL, got none',
        expect.stringMatching(/^answer to bulk-delete mixed: \/NWK_RSP: \/bulkResponseList\/response/),
      ]),
    )
  })

  it('finds JSON of an outcome that has no schema', async () => {
    const wire = { fallback: () => ({ kind: 'json', value: {} }) as const }
    const started = await checked({ rulebook: { wire } })
    await call(started.mock, { msisdn: started.msisdn, endpoint: { kind: 'object', objectPath: 'a' } }).catch(
      () => undefined,
    )
    expect(started.lines).toContain(
      'answer to read-object no-credentials: expected a schema for its JSON, got none',
    )
  })

  it('leaves alone what a fault did', async () => {
    const started = await checked({ faults: ['MSTORE-OBJECT-04/answers-texts'] })
    await askAround(started)
    expect(started.lines).toEqual([])
  })
})
