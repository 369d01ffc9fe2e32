import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { closeMocks, startMock } from '../../tests/mstore-client.ts'
import { rawExchange } from '../../tests/wire/raw-exchange.ts'

afterEach(closeMocks)

const PATH = '/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15555558264/vvmserviceProfile'

function request(version: string, agent = '3gpp-gba'): string {
  return `GET ${PATH} HTTP/${version}\r\nHost: 127.0.0.1\r\nUser-Agent: ${agent}\r\n\r\n`
}

async function answered(fault: string | null, sent = request('1.1')): Promise<string> {
  const mock = await startMock({ plain: true, faults: fault === null ? [] : [`MSTORE-TRANSPORT-${fault}`] })
  return (await rawExchange(mock.url, sent)).text
}

describe('faults of HTTP', () => {
  it.each([
    [null, /^HTTP\/1\.0 401 /],
    ['02/says-http-1-1', /^HTTP\/1\.1 401 /],
    ['04/sends-chunks', /\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$/],
    ['06/offers-keep-alive', /\r\nConnection: keep-alive\r\n/],
    ['10/refuses-http-1-1', /^HTTP\/1\.0 505 /],
    ['11/refuses-http-1-0', /^HTTP\/1\.0 401 /],
  ])('show on the wire with %s', async (fault, expected) => {
    expect(await answered(fault)).toMatch(expected)
  })

  it('distinguish the versions of requests', async () => {
    expect(await answered('10/refuses-http-1-1', request('1.0'))).toMatch(/^HTTP\/1\.0 401 /)
    expect(await answered('11/refuses-http-1-0', request('1.0'))).toMatch(/^HTTP\/1\.0 505 /)
  })

  it('break the connection off instead of 504', async () => {
    expect(await answered(null, request('1.1', 'curl/8'))).toMatch(/^HTTP\/1\.0 504 /)
    expect(await answered('15/hangs-up', request('1.1', 'curl/8'))).toBe('')
  })

  it('leave the connection open', async () => {
    const mock = await startMock({ plain: true, faults: ['MSTORE-TRANSPORT-03/stays-open'] })
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
    const events: string[] = []
    socket.on('end', () => events.push('end'))
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk: Buffer) => {
        events.push(chunk.toString('latin1').slice(0, 12))
        resolve()
      })
      socket.write(request('1.1'))
    })
    expect((await fetch(`${mock.control}/health`)).status).toBe(200)
    expect(events).toEqual(['HTTP/1.0 401'])
    socket.destroy()
  })
})
