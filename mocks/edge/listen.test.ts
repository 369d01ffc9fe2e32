import { afterEach, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { httpServer, listen, urlOf, type Listening } from './listen.ts'

const open: Listening[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function started(port: number, host = '127.0.0.1'): Promise<Listening> {
  const server = httpServer((_request, response) => {
    response.end('here')
  })
  const listening = await listen(server, { host, port, option: '--port' })
  open.push(listening)
  return listening
}

it('takes any free port, and says which', async () => {
  const { url, port } = await started(0)
  expect(url).toBe(`http://127.0.0.1:${port}`)
  expect(await (await fetch(url)).text()).toBe('here')
})

it('writes an IPv6 address in brackets', () => {
  expect(urlOf('::1', 8080)).toBe('http://[::1]:8080')
})

it('names the port that is taken, and the way out', async () => {
  const { port } = await started(0)
  await expect(started(port)).rejects.toThrow(
    new UsageError(`port ${port} on 127.0.0.1 is taken; choose another with --port (0 takes any free one)`),
  )
})

it('names an address that is not of this machine', async () => {
  await expect(started(0, '192.0.2.1')).rejects.toThrow(/--host/)
})

it('breaks off what is going on when it is closed', async () => {
  const server = httpServer(() => undefined)
  const listening = await listen(server, { host: '127.0.0.1', port: 0, option: '--port' })
  const hanging = fetch(listening.url).catch(() => 'broken off')
  await new Promise((resolve) => server.once('request', resolve))
  await listening.close()
  expect(await hanging).toBe('broken off')
})
