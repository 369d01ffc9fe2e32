import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startMStoreMock } from '#mocks/mstore/start.ts'
import { startRelayMock } from '#mocks/relay/start.ts'
import { httpServer, proxyServer } from './servers.ts'
import { touchstone, workplace, type Ended, type Workplace } from './touchstone.ts'

let place: Workplace
const closing: (() => Promise<void>)[] = []

beforeEach(() => {
  place = workplace()
})

afterEach(async () => {
  place.remove()
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** The spellings in which a secret is looked for. Base64 is that of the bytes alone, and of their middle behind others. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const within = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift, 'x'), bytes])
      .toString('base64')
      .slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6)),
  )
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const all = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    hex,
    hex.toUpperCase(),
    percent,
    percent.toUpperCase(),
  ]
  return [...new Set([...all, ...within.filter((text) => text.length > 5)])]
}

/** Line ends, quotes, commas and how files write them: what a text is split by that is folded, or given in pieces. */
const BREAKS = /\\+[nrt]|&quot;|&#39;|\\+(?![nrt\\])|[\s"',]+/g

/** Ids of messages, drawn in every run: among so many digits some are a short code by chance. */
const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Where secrets can be read, in a file or on the terminal, as a line each: also where they are split. */
function leaks(secrets: Readonly<Record<string, string>>, { stdout, stderr }: Ended): readonly string[] {
  const folder = place.file('reports')
  const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
  const texts = [...files, ['stdout', stdout] as const, ['stderr', stderr] as const]
  return texts.flatMap(([where, whole]) => {
    const text = whole.replace(IDS, '')
    const unbroken = text.replace(BREAKS, '')
    return Object.entries(secrets).flatMap(([name, secret]) =>
      spellings(secret)
        .filter((spelling) => text.includes(spelling) || unbroken.includes(spelling))
        .map((spelling) => `${name} in ${where} as ${spelling}`),
    )
  })
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A text in pieces of so many characters. */
const pieces = (text: string, characters: number): readonly string[] =>
  text.match(new RegExp(`[^]{1,${characters}}`, 'g')) ?? []

/** The secrets of a request, spelt in many ways, as a malicious or a chatty server repeats them. */
function repeated(request: IncomingMessage, body: Buffer): string {
  const token = (request.headers.authorization ?? '').replace(/^Basic /, '')
  const secrets = [
    Buffer.from(token, 'base64').toString(),
    request.url ?? '',
    request.headers['x-gateway'],
    request.headers['x-id'],
    body.toString(),
  ]
  return secrets
    .map(String)
    .map((text) => {
      const base64 = Buffer.from(text).toString('base64')
      return [
        text,
        base64,
        Buffer.from(text).toString('hex'),
        encodeURIComponent(text),
        pieces(base64, 7).join('\r\n '),
        pieces(text, 5).join('\n\t'),
        JSON.stringify(pieces(text, 6)),
      ].join(' ')
    })
    .join('\n')
}

/** A server in front of `upstream` that repeats all it was sent in headers, and where it fails for no reason in bodies. */
async function chattyServer(upstream: string) {
  const passwords = new Set<string>()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const token = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const password = Buffer.from(token, 'base64').toString().split(':')[1] ?? ''
    if (password.length > 12) passwords.add(password)
    const text = repeated(request, body)
    const echo = encodeURI(text).slice(0, 8000)
    if (/^\/v1\/(?:keys|directory)/.test(request.url ?? '') && password.length > 12) {
      response.writeHead(500, { 'X-Echo': echo }).end(text)
      return
    }
    const sent = forward(
      `${upstream}${request.url ?? ''}`,
      { method: request.method, headers: request.headers },
      (got) => {
        response.writeHead(got.statusCode ?? 500, { ...got.headers, 'X-Echo': echo })
        got.pipe(response)
      },
    )
    sent.end(body)
  }
  const server = await httpServer((request, response) => void answer(request, response))
  closing.push(server.close)
  return { url: server.url, passwords }
}

describe('what is secret is in no file and not on the terminal', () => {
  it('of accounts, codes, headers of a gateway, arguments of commands, and locations', async () => {
    const mock = await startRelayMock({ seed: 'quay' })
    closing.push(() => mock.close())
    const { url, passwords } = await chattyServer(mock.url)
    const planted = {
      header: 'gate/way+Passwort7',
      short: 'q7Z',
      argument: 'argu-MENT-4711',
      inOption: 'opti0nValue',
    }
    const failing =
      'console.error("cannot", process.argv.slice(2).join(" "), Buffer.from(process.argv[2]).toString("base64")); process.exit(3)'
    writeFileSync(place.file('fail.cjs'), failing)
    writeFileSync(
      place.file('mine.yaml'),
      `protocol: relay
url: ${url}
headers: { X-Gateway: { env: GATE }, X-Id: ${planted.short} }
capabilities:
  verificationCode: { control: ${mock.control} }
  pushes: { command: [node, fail.cjs, ${planted.argument}, --token=${planted.inOption}] }
`,
    )
    const only = ['VERIFY-01', 'VERIFY-22', 'KEYS-01', 'DIRECTORY-01', 'PUSH-01'].flatMap((id) => [
      '--only',
      `RELAY-${id}`,
    ])
    const args = ['verify', '--target', 'mine.yaml', '--verbose', ...only]
    const ended = await touchstone(args, { cwd: place.path, env: { GATE: planted.header } })
    expect(ended.stdout).toMatch(/✗|failed/)
    expect(ended.stdout.replace(/\s+/g, ' ')).toContain('cannot ‹argument› --token=‹argument›')
    expect(passwords.size).toBeGreaterThan(3)
    const drawn = Object.fromEntries([...passwords].map((password, index) => [`password ${index}`, password]))
    const { short, ...whole } = planted
    expect(leaks({ ...whole, ...drawn }, ended)).toEqual([])
    // Three characters are found only where they stand alone: in what repeats them, not in their Base64.
    const texts = ['messages.ndjson', 'report.html'].map((name) => place.text(`reports/${name}`))
    expect(texts.filter((text) => new RegExp(`\\b${short}\\b`).test(text))).toEqual([])
  })

  it('of a proxy that repeats its credentials where it refuses', async () => {
    const mock = await startRelayMock({ seed: 'quay' })
    closing.push(() => mock.close())
    const planted = { user: 'proxy-User', password: 'Pr0xy:p@ss/w' }
    const proxy = await proxyServer((asked, tunnels) => {
      const token = /^Proxy-Authorization: Basic (\S+)/m.exec(asked)?.[1] ?? ''
      const secret = Buffer.from(token, 'base64').toString()
      if (tunnels < 12) return null
      return ['HTTP/1.1 407 no', token, secret, encodeURIComponent(secret), ...pieces(secret, 4)].join(' ')
    })
    closing.push(proxy.close)
    const [user, password] = [planted.user, planted.password].map(encodeURIComponent)
    writeFileSync(
      place.file('mine.yaml'),
      `protocol: relay
url: ${mock.url}
proxy: http://${String(user)}:${String(password)}@${new URL(proxy.url).host}
capabilities: { verificationCode: { control: ${mock.control} } }
`,
    )
    const args = [
      'verify',
      '--target',
      'mine.yaml',
      '--verbose',
      '--only',
      'RELAY-VERIFY-01',
      '--only',
      'RELAY-KEYS-01',
    ]
    const ended = await touchstone(args, { cwd: place.path })
    expect(ended.stdout.replace(/\s+/g, ' ')).toMatch(/grants no way to .*: got "HTTP\/1\.1 407 no ‹/)
    expect(leaks(planted, ended)).toEqual([])
  })

  it('of a fixed key of an mStore, which the server repeats', async () => {
    const key = randomBytes(32)
    const planted = { key: key.toString('base64'), raw: key.toString('latin1'), hex: key.toString('hex') }
    const server = await httpServer((request, response) => {
      const isCalled = request.headers.authorization !== undefined
      const challenge = `Digest realm="3GPP-bootstrapping@${String(request.headers.host)}", nonce="bm9uY2U=", algorithm=MD5, qop="auth"`
      response.writeHead(isCalled ? 403 : 401, { 'WWW-Authenticate': challenge, 'X-Key': planted.key })
      response.end([planted.key, planted.hex, ...pieces(planted.key, 9)].join('\n'))
    })
    closing.push(server.close)
    writeFileSync(
      place.file('mine.yaml'),
      `protocol: mstore
url: ${server.url}
mailbox: '+15555558264'
capabilities: { gba: { fixed: { btid: 'cmFuZA==@bsf.example', key: '${planted.key}' } } }
`,
    )
    const args = ['verify', '--target', 'mine.yaml', '--verbose', '--only', 'MSTORE-PROFILE-01']
    const ended = await touchstone(args, { cwd: place.path })
    expect(ended.exitCode).toBe(1)
    expect(ended.stdout + place.text('reports/messages.ndjson')).toContain('‹key›')
    expect(leaks(planted, ended)).toEqual([])
  })

  it('of a code that always confirms, though the server refuses and repeats it', async () => {
    const server = await httpServer((request, response) => {
      void bodyOf(request).then((body) => {
        const isCode = request.url?.startsWith('/v1/accounts/sms') ?? false
        response.writeHead(isCode ? 200 : request.headers.authorization === undefined ? 401 : 403)
        response.end(isCode ? '' : repeated(request, body))
      })
    })
    closing.push(server.close)
    writeFileSync(
      place.file('mine.yaml'),
      `protocol: relay\nurl: ${server.url}\ncapabilities: { verificationCode: { fixed: '739104' } }\n`,
    )
    const ended = await touchstone(['verify', '--target', 'mine.yaml', '--only', 'RELAY-VERIFY-06'], {
      cwd: place.path,
    })
    expect(ended.exitCode).not.toBe(0)
    expect(
      leaks({ code: '739104', shown: '739-104', spoken: '7,3,9,1,0,4', changed: '739105' }, ended),
    ).toEqual([])
  })

  it('of a card and a PIN', async () => {
    const mock = await startMStoreMock({ plain: true })
    closing.push(() => mock.close())
    const body = JSON.stringify({ msisdn: '+15555558264', pin: '70418263' })
    const headers = { 'Content-Type': 'application/json' }
    const made = await fetch(`${mock.control}/subscribers`, { method: 'POST', headers, body })
    const { isim, bsf } = (await made.json()) as {
      isim: Record<'impi' | 'k' | 'opc' | 'sqn', string>
      bsf: { url: string; fqdn: string }
    }
    writeFileSync(
      place.file('mine.yaml'),
      `protocol: mstore
url: ${mock.url}
mailbox: '+15555558264'
redactNumbers: true
capabilities:
  gba:
    isim: { impi: '${isim.impi}', k: '${isim.k}', opc: '${isim.opc}', sqn: '${isim.sqn}' }
    bsf: { url: '${bsf.url}', fqdn: ${bsf.fqdn} }
  pin: '70418263'
`,
    )
    const ended = await touchstone(
      [
        'verify',
        '--target',
        'mine.yaml',
        '--only',
        'MSTORE-PIN-07',
        '--only',
        'MSTORE-PROFILE-01',
        '--verbose',
      ],
      { cwd: place.path },
    )
    expect(ended.stdout).toMatch(/MSTORE|PIN/)
    expect(leaks({ k: isim.k, opc: isim.opc, pin: '70418263', number: '5555558264' }, ended)).toEqual([])
    expect(place.text('reports/messages.ndjson').includes('‹number›64')).toBe(true)
  })
})
