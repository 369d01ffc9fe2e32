import { afterEach, describe, expect, it } from 'vitest'
import { closeMocks, register, send, startMock } from '../../tests/relay-client.ts'
import { ALICE, BOB, signalingKeyOf } from '../../tests/relay-trial.ts'

afterEach(closeMocks)

describe('the owner of a relay', () => {
  it('sees what was sent, and moves what can be moved', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    expect(await mock.health()).toMatchObject({ protocol: 'relay', seed: 'test' })
    expect(await mock.codes(ALICE)).toMatchObject([{ number: ALICE, transport: 'sms' }])
    expect(await mock.codes(BOB)).toEqual([])
    expect(await mock.pushes({ number: ALICE })).toEqual([])
    const device = { number: ALICE, password: 'p', registrationId: 5 }
    const signalingKey = Buffer.from(signalingKeyOf(ALICE)).toString('base64')
    expect(await mock.addDevice({ ...device, signalingKey })).toBe(2)
    expect(await mock.accounts(ALICE)).toMatchObject([{ number: ALICE, devices: [{ id: 1 }, { id: 2 }] }])
    expect(await mock.limits.change({ sms: { burst: 9, refillMs: 1 } })).toMatchObject({ sms: { burst: 9 } })
    expect(await mock.limits.read()).toMatchObject({ sms: { burst: 9 } })
    expect(await mock.peers()).toMatchObject({ name: 'relay', peers: {} })
    expect(await mock.clock.advance(5000, ALICE)).toMatchObject({ offsetMs: 5000 })
    expect(await mock.clock.now()).toMatchObject({ offsetMs: 0 })
  })

  it('sets faults and variants to work, of the relay and of the network', async () => {
    const mock = await startMock({ rulebook: {} })
    const ask = () => send(`${mock.url}/v1/accounts/sms/code/${ALICE}`).then(({ status }) => status)
    await mock.faults.activate('RELAY-CODE-01/answers-204', { next: 1 })
    expect((await mock.faults.list()).filter(({ active }) => active !== null)).toMatchObject([
      { id: 'RELAY-CODE-01/answers-204', active: { next: 1, number: null } },
    ])
    expect([await ask(), await ask()]).toEqual([204, 200])
    await mock.faults.deactivate()
    await expect(mock.faults.activate('nonsense')).rejects.toThrow(/^\/id: expected a fault/)
    await mock.variants.use(['RELAY-DIRECTORY-13/null-for-no-sms'])
    expect((await mock.variants.list()).filter(({ active }) => active)).toHaveLength(1)
    const id = await mock.network.add({ kind: 'status', status: 502, operation: 'request-code' })
    expect(await mock.network.list()).toMatchObject([{ id, status: 502 }])
    expect(await ask()).toBe(502)
    await mock.network.remove(id)
    const wrong = mock.network.add({ kind: 'status', status: 200 })
    await expect(wrong).rejects.toThrow('/status: expected at least 500, got 200')
  })

  it('reads the journal decoded, and puts everything back', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    const { entries, count } = await mock.journal({ number: ALICE, status: 200, operation: 'set-gcm-id' })
    expect(count).toBe(1)
    expect(entries).toMatchObject([
      {
        outcome: 'stored',
        request: { body: { json: { gcmRegistrationId: `gcm ${ALICE}` } } },
        answer: { status: 200 },
      },
    ])
    await mock.reset('other')
    expect(await mock.journal()).toMatchObject({ count: 0 })
    expect(await mock.health()).toMatchObject({ seed: 'other' })
  })
})
