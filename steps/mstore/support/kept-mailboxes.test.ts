import { expect, it } from 'vitest'
import type { MStoreClient } from '#driver/mstore/client.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { utf8 } from '#protocol/bytes.ts'
import { UndoRegister } from '../../shared/support/undo-register.ts'
import { beforeWriting } from './kept-mailboxes.ts'
import { Mailbox } from './mailbox.ts'

/** A client of an empty mailbox, and the requests that it was called for. */
function emptyMailbox() {
  const asked: string[] = []
  const call = (request: WireRequest) => {
    asked.push(request.operation)
    const body = request.operation.endsWith('search') ? { objectList: { object: [] } } : { folder: {} }
    const answer = { status: 200, body: utf8(JSON.stringify(body)), header: () => null }
    return Promise.resolve({ first: { kind: 'answered', answer }, second: null })
  }
  const client = { origin: 'https://mstore.example', call } as unknown as MStoreClient
  const mailbox = new Mailbox('Alice', { msisdn: '+15550100', pin: null } as never)
  return { asked, kept: { node: { client, target: {} } as never, mailbox } }
}

it('lists each folder once before the first upload, and that of the upload before another', async () => {
  const { asked, kept } = emptyMailbox()
  const undo = new UndoRegister()
  const upload = { ...getProfile('+15550100'), method: 'POST', operation: 'POST /objects' }
  const searches = () => asked.filter((operation) => operation.endsWith('search')).length
  await beforeWriting(kept, upload, undo)
  expect(searches()).toBe(2)
  await beforeWriting(kept, upload, undo)
  expect(searches()).toBe(3)
})
