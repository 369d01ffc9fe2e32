import { expect } from 'vitest'
import type { Seen } from '../bsf-client.ts'
import { touchstone } from '../cli/touchstone.ts'
import type { NetworkNamespace } from './network-namespace.ts'

/** The name by which telephones know the mock. */
export const NAME = 'desk.example.test'

/** What the mock says when it is ready. */
export interface Ready {
  readonly url: string
  readonly control: string
  readonly bsf: { readonly url: string }
  readonly ca: string
}

/** Runs curl where the telephone is; the names of the mock lead to it. */
export type Curl = (...args: readonly string[]) => ReturnType<NetworkNamespace['run']>

/** Runs the mock, under its public name, while a telephone calls it, with what it says when it is ready. */
export async function withMock(
  { hostAddress, run }: NetworkNamespace,
  use: (ready: Ready, curl: Curl) => Promise<void>,
): Promise<void> {
  let used: Promise<void> | undefined
  const reach = ['--host', hostAddress, '--control-host', hostAddress, '--public-host', NAME, '--rsa']
  const ports = ['--json', '--port', '0', '--control-port', '0', '--bsf-port', '0']
  const called = (ready: Ready): Promise<void> => {
    const places = [ready.url, ready.control, ready.bsf.url].map((place) => new URL(place).host)
    const resolved = places.flatMap((place) => ['--resolve', `${place}:${hostAddress}`])
    return use(ready, (...args) => run('curl', '-s', '--max-time', '10', ...resolved, ...args))
  }
  const { exitCode, stderr } = await touchstone(['mock', 'mstore', ...ports, ...reach], {
    onStart: (child) =>
      child.stdout?.once('data', (line: string) => {
        used = called(JSON.parse(line) as Ready).finally(() => child.kill('SIGTERM'))
        used.catch(() => undefined)
      }),
  })
  await used
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
}

/** Sends JSON to the control plane. */
export async function posted(curl: Curl, url: string, body: object): Promise<Record<string, unknown>> {
  const json = ['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)]
  return JSON.parse((await curl(...json, url)).stdout) as Record<string, unknown>
}

/** What curl prints of an answer with `-i`. */
export function seenOf(printed: string): Seen {
  const [head = '', text = ''] = printed.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = lines
    .map((line) => line.split(': '))
    .map(([name = '', value]) => [name.toLowerCase(), value])
  const status = Number(statusLine.split(' ')[1])
  return { status, headers: Object.fromEntries(headers) as Seen['headers'], text, notes: [] }
}
