import { firstAnswer } from './first-answer.ts'
import { median } from './load.ts'
import { beside, startServer } from './server-process.ts'

/** From the start of the process to the first answer: ms, the middle of the rounds. */
export interface ColdStart {
  readonly bare: number
  readonly relay: number
  readonly mstore: number
}

const MAIN = new URL('../joined/main.js', import.meta.url).pathname
const ANY_PORTS = ['--json', '--port', '0', '--control-port', '0']
const RELAY = ['mock', 'relay', ...ANY_PORTS]
/** In clear: a handshake would be timed along. */
const MSTORE = ['mock', 'mstore', '--plain', '--bsf-port', '0', ...ANY_PORTS]

/** Starts a bare server and the mocks in turns. */
export async function measureColdStart(rounds: number): Promise<ColdStart> {
  const bare: number[] = []
  const relay: number[] = []
  const mstore: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await startOnce(beside('bare-process')))
    relay.push(await startOnce(MAIN, ...RELAY))
    mstore.push(await startOnce(MAIN, ...MSTORE))
  }
  return { bare: median(bare), relay: median(relay), mstore: median(mstore) }
}

async function startOnce(script: string, ...args: readonly string[]): Promise<number> {
  const started = performance.now()
  const server = await startServer(script, ...args)
  await firstAnswer(server.url)
  const taken = performance.now() - started
  await server.stop()
  return taken
}
