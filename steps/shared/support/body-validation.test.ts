import { describe, expect, it } from 'vitest'
import { bulkDelete, bulkUpdate, changePin, putProfile, search, upload } from '#driver/mstore/operations.ts'
import { setPushId, uploadPrekeys } from '#driver/relay/operations.ts'
import type { WireClient } from '#driver/wire-client.ts'
import { withBody, type WireRequest } from '#driver/wire-request.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { uploadRoot, type ObjectUpload } from '#protocol/mstore/upload.ts'
import { simpleUrl } from '#protocol/mstore/urls.ts'
import { endpointPath, type MStoreEndpoint } from '#protocol/mstore/endpoints.ts'
import { withBodyValidation } from './body-validation.ts'

const ALICE = { username: '+14155550100', password: 'secret' }

const MAILBOX = '+15555558264'
const SCOPE = urlOf({ kind: 'folder', folderId: FOLDERS.voicemails.id, filter: null })
const UPDATE = {
  urls: [urlOf({ kind: 'object', objectPath: 'a%2Fb' })],
  operation: 'AddFlag',
  flags: ['\\Seen'],
}

function urlOf(endpoint: MStoreEndpoint): string {
  return simpleUrl('https://mstore.test', endpointPath(MAILBOX, endpoint))
}

function greetingIn(parentFolderPath: string): ObjectUpload {
  const root = uploadRoot({ parentFolderPath, attributes: [], flags: [] })
  return { root, audio: new Uint8Array(6), outerBoundary: 'outer', innerBoundary: 'inner' }
}

/** What a client that keeps contracts lets through. */
function sender() {
  const sent: WireRequest[] = []
  const client: WireClient = {
    send: (request) => {
      sent.push(request)
      return Promise.reject(new Error('sent'))
    },
  }
  return { sent, send: (request: WireRequest) => withBodyValidation(client).send(request) }
}

describe('keeping contracts', () => {
  it('sends a body that fits its schema', async () => {
    const { send } = sender()
    await expect(send(setPushId('gcm', ALICE, 'id'))).rejects.toThrow('sent')
  })

  it('refuses one that does not, and says where', () => {
    const { send, sent } = sender()
    expect(() => send(uploadPrekeys(ALICE, { keys: [] }))).toThrow(
      'PUT /v1/keys/: a body that fits prekey-upload.json: body: expected member lastResortKey, got none',
    )
    expect(() => send(setPushId('apn', ALICE, ''))).toThrow(/apn-registration/)
    expect(sent).toEqual([])
  })

  it.each([
    [
      'an attribute without a name',
      putProfile(MAILBOX, [['', 'x']]),
      'profile-update.json: /vvmserviceProfile',
    ],
    ['an empty PIN', changePin(MAILBOX, '1397', ''), 'expected at least 1 characters, got 0 characters'],
    ['no entries', search(MAILBOX, { maxEntries: 0, scope: SCOPE }), 'search.json: /selectionCriteria/max'],
    ['another operation', bulkUpdate(MAILBOX, { ...UPDATE, operation: 'Toggle' }), 'bulk-update.json: '],
    ['a URL of nothing', bulkDelete(MAILBOX, ['https://mstore.test/']), 'bulk-delete.json: /bulkDelete'],
    ['another folder', upload(MAILBOX, greetingIn('/VV-Mail/Elsewhere')), 'upload-root.json: /object/parent'],
  ])('refuses %s in a body of the mStore', (_case, request, mistake) => {
    const { send, sent } = sender()
    expect(() => send(request)).toThrow(mistake)
    expect(sent).toEqual([])
  })

  it('sends right bodies of the mStore', async () => {
    const { send, sent } = sender()
    const requests = [
      putProfile(MAILBOX, [['nut', 'true']]),
      changePin(MAILBOX, '1397', '2580'),
      search(MAILBOX, { maxEntries: 1, scope: SCOPE }),
      bulkUpdate(MAILBOX, UPDATE),
      bulkDelete(MAILBOX, UPDATE.urls),
      upload(MAILBOX, greetingIn('/VV-Mail/Greetings')),
    ]
    for (const request of requests) await expect(send(request)).rejects.toThrow('sent')
    expect(sent).toEqual(requests)
  })

  it('sends what was written otherwise on purpose', async () => {
    const { send } = sender()
    await expect(send(withBody(setPushId('gcm', ALICE, 'id'), '{'))).rejects.toThrow('sent')
  })
})
