import { describe, expect, it } from 'vitest'
import { setPushId, uploadPrekeys } from '#driver/relay/operations.ts'
import type { WireClient } from '#driver/wire-client.ts'
import { withBody, type WireRequest } from '#driver/wire-request.ts'
import { keepingContracts } from './contracts.ts'

const ALICE = { username: '+14155550100', password: 'secret' }

/** What a client that keeps contracts lets through. */
function sender() {
  const sent: WireRequest[] = []
  const client: WireClient = {
    send: (request) => {
      sent.push(request)
      return Promise.reject(new Error('sent'))
    },
  }
  return { sent, send: (request: WireRequest) => keepingContracts(client).send(request) }
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

  it('sends what was written otherwise on purpose', async () => {
    const { send } = sender()
    await expect(send(withBody(setPushId('gcm', ALICE, 'id'), '{'))).rejects.toThrow('sent')
  })
})
