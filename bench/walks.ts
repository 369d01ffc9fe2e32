import { printedBy } from './child.ts'
import { beside, startServer } from './server-process.ts'

/** Walks through a relay in a process of its own, and the requests that they made in a bare loop. Milliseconds, bytes. */
export interface Walks {
  readonly asks: number
  readonly ms: number
  /** What the walking process held after each tenth. */
  readonly samples: readonly number[]
  readonly loop: { readonly exchanges: number; readonly ms: number }
}

const MAIN = new URL('../joined/main.js', import.meta.url).pathname

/** Walks until so many requests were made, then sends what the mock got once more. */
export async function measureWalks(asks: number): Promise<Walks> {
  const mock = await startServer(MAIN, 'mock', 'relay', '--json', '--port', '0', '--control-port', '0')
  try {
    const walks = await run<Omit<Walks, 'loop'>>('walks-process', mock.url, mock.control, String(asks))
    return { ...walks, loop: await run<Walks['loop']>('replay-process', mock.url, mock.control) }
  } finally {
    await mock.stop()
  }
}

/** What a script that stands beside this one printed. */
async function run<Printed>(script: string, ...args: readonly string[]): Promise<Printed> {
  return JSON.parse(await printedBy('.', beside(script), ...args)) as Printed
}
