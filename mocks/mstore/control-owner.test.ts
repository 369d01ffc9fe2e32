import { afterEach, expect, it } from 'vitest'
import { call, closeMocks, startMock } from '../../tests/mstore-client.ts'

afterEach(closeMocks)

it('the owner of an mStore fills mailboxes, gets credentials and reads the journal', async () => {
  const mock = await startMock()
  const { msisdn, isim, bsf } = await mock.subscribers.add({ pin: '2468', profile: { Language: 'spa' } })
  expect(isim.impi).toContain('@')
  expect(bsf).toEqual(mock.bsf)
  const { objectPath } = await mock.leaveVoicemail({ msisdn, frames: 50, from: '15555550123' })
  await mock.changeQuotas(msisdn, { VMMessagesQuota: 1 })
  expect(await mock.subscribers.list(msisdn)).toMatchObject([{ msisdn, pin: '2468', voicemails: 1 }])
  await mock.bootstrapping.change({ msisdn, lifetimeMs: 1000 })
  const { username, expiresAt } = await mock.credentials(msisdn)
  expect(await mock.bootstrapping.granted(msisdn)).toMatchObject([
    { btid: username, expiresAt, inside: true },
  ])
  const { status } = await call(mock, { msisdn, endpoint: { kind: 'object', objectPath } })
  expect(status).toBe(200)
  const { entries } = await mock.journal({ number: msisdn, status: '4xx' })
  expect(entries).toMatchObject([{ operation: 'read-object', outcome: 'no-credentials' }])
  await expect(mock.leaveVoicemail({ msisdn: '+1' })).rejects.toThrow(
    '/msisdn: expected that of a subscriber',
  )
})
