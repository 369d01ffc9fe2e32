import { connect } from 'node:net'

/** A source of numbers below a bound, the same for the same seed. */
export type DrawBelow = (bound: number) => number

/** Draws by a linear congruential generator (Numerical Recipes); its upper bits are used. */
export function drawsOf(seed: number): DrawBelow {
  let state = seed >>> 0
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

const TOKENS = [
  '\0',
  '\r\n',
  '\r\n\r\n',
  '\n',
  ' ',
  '\t',
  '"',
  '\\',
  '%',
  '%00',
  '%2F',
  '../',
  '//',
  '?',
  '#',
  ':',
  ';',
  ',',
  '=',
  '{',
  '}',
  '[',
  ']',
  'null',
  '-1',
  '1e999',
  '18446744073709551616',
  '\xff',
  '\xef\xbb\xbf',
  '&#0;',
  '__proto__',
  'Content-Length: 5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Expect: 100-continue\r\n',
  'Host: \r\n',
  'a'.repeat(20_000),
]

type Mutation = (text: string, draw: DrawBelow) => string

const MUTATIONS: readonly Mutation[] = [
  (text, draw) => spliced(text, draw(text.length), { taken: 1, put: String.fromCharCode(draw(256)) }),
  (text, draw) => spliced(text, draw(text.length), { taken: 0, put: TOKENS[draw(TOKENS.length)] ?? '' }),
  (text, draw) => spliced(text, draw(text.length), { taken: draw(20), put: '' }),
  (text, draw) => text.slice(0, draw(text.length)),
  (text, draw) => {
    const from = draw(text.length)
    return spliced(text, draw(text.length), { taken: 0, put: text.slice(from, from + draw(200)) })
  },
  (text, draw) => text.replace(/\d+/, () => String(draw(2 ** 31))),
  (text, draw) => spliced(text, draw(text.length), { taken: 0, put: '[{'.repeat(draw(2000)) }),
]

function spliced(
  text: string,
  at: number,
  { taken, put }: { readonly taken: number; readonly put: string },
): string {
  return text.slice(0, at) + put + text.slice(at + taken)
}

/** One of the requests with one to four mutations. */
export function mutated(requests: readonly string[], draw: DrawBelow): string {
  let text = requests[draw(requests.length)] ?? ''
  for (let times = 1 + draw(4); times > 0; times -= 1)
    text = MUTATIONS[draw(MUTATIONS.length)]?.(text, draw) ?? text
  return text
}

/** The status of the answer to bytes on a connection of their own, whose side is ended behind them; null without one. */
export function statusOf(url: string, bytes: string, timeoutMs: number): Promise<number | null> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    let seen = ''
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
    const settle = (): void => {
      socket.destroy()
      const status = /^HTTP\/1\.\d (\d{3})/.exec(seen)?.[1]
      resolve(status === undefined ? null : Number(status))
    }
    socket.setTimeout(timeoutMs, settle)
    socket.on('data', (chunk) => (seen = (seen + chunk.toString('latin1')).slice(0, 20)))
    socket.on('error', settle).on('close', settle).on('end', settle)
    socket.end(bytes, 'latin1')
  })
}
