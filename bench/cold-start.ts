import { connect } from 'node:net'
import { median } from './load.ts'
import { beside, startServer } from './server-process.ts'

/** From the start of the process to the first answer: ms, the middle of the rounds. */
export interface ColdStart {
  readonly bare: number
  readonly mock: number
}

const MAIN = new URL('../src/cli/main.js', import.meta.url).pathname
const MOCK = ['mock', 'relay', '--json', '--port', '0', '--control-port', '0']

/** Starts a bare server and the mock in turns. */
export async function measureColdStart(rounds: number): Promise<ColdStart> {
  const bare: number[] = []
  const mock: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await startOnce(beside('bare-process')))
    mock.push(await startOnce(MAIN, ...MOCK))
  }
  return { bare: median(bare), mock: median(mock) }
}

async function startOnce(script: string, ...args: readonly string[]): Promise<number> {
  const started = performance.now()
  const server = await startServer(script, ...args)
  await firstAnswer(server.url)
  const taken = performance.now() - started
  await server.stop()
  return taken
}

function firstAnswer(url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', reject)
    socket.once('data', () => {
      socket.destroy()
      resolve()
    })
    socket.write('GET /v1/attachments/1 HTTP/1.1\r\nHost: relay.test\r\n\r\n')
  })
}
