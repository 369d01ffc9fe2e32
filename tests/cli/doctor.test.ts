import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { startRelayPair, type RelayPair } from '#mocks/relay/pair.ts'
import { askControl } from '../control-client.ts'
import { command } from './in-process.ts'
import { workplace, type Workplace } from './touchstone.ts'

/** A line of a right file, the mistake in its place, and what doctor says of it. */
interface Mistake {
  readonly of: string
  readonly line: number
  readonly written: () => string
  readonly key: string
  readonly todo: RegExp
  readonly got?: RegExp
  /** Another way to be right that the server has. */
  readonly variant?: string
}

let place: Workplace
let pair: RelayPair
let mstore: MStoreMock
let card: { readonly impi: string; readonly k: string; readonly opc: string; readonly sqn: string }
let bsf: { readonly url: string; readonly fqdn: string }

const PIN = '1397'
const MSISDN = '+15555558264'

beforeAll(async () => {
  place = workplace()
  pair = await startRelayPair({ seed: 'mistakes' })
  mstore = await startMStoreMock({ seed: 'mistakes', plain: true, naf: 'mstore.example.org' })
  writeFileSync(place.file('no-program'), 'a text', { mode: 0o644 })
})

afterAll(async () => {
  await Promise.all([pair.close(), mstore.close()])
  place.remove()
})

beforeEach(async () => {
  for (const control of [pair.relay.control, pair.peer.control, mstore.control])
    await askControl(control, 'POST /reset', {})
  const made = await askControl(mstore.control, 'POST /subscribers', { msisdn: MSISDN, pin: PIN })
  ;({ isim: card, bsf } = made.json as unknown as { isim: typeof card; bsf: typeof bsf })
})

const plane = () => `{ control: ${pair.relay.control} }`
const peer = (name: string, url = pair.peer.url) =>
  `  federation: { name: ${name}, url: ${url}, knownAs: north, verificationCode: { control: ${pair.peer.control} } }`

/** A target file of the relay that is right. */
const relayLines = () => [
  'protocol: relay',
  `url: ${pair.relay.url}`,
  'username: number',
  'registrationId: number',
  'capabilities:',
  `  verificationCode: ${plane()}`,
  `  pushes: ${plane()}`,
  `  devices: ${plane()}`,
  `  limits: ${plane()}`,
  peer('south'),
]

const isim = (over: Partial<typeof card> = {}) => {
  const { impi, k, opc, sqn } = { ...card, ...over }
  return `    isim: { impi: ${impi}, k: ${k}, opc: ${opc}, sqn: '${sqn}' }`
}

/** A target file of the mStore that is right. */
const mStoreLines = () => [
  'protocol: mstore',
  `url: ${mstore.url}`,
  `mailbox: '${MSISDN}'`,
  'naf: mstore.example.org',
  'capabilities:',
  '  gba:',
  isim(),
  `    bsf: { url: ${bsf.url}, fqdn: ${bsf.fqdn} }`,
  '  greeting: true',
  `  pin: '${PIN}'`,
]

const otherDigit = (secret: string) => `${secret.startsWith('0') ? '1' : '0'}${secret.slice(1)}`

const OF_RELAYS: readonly Mistake[] = [
  {
    ...{ of: 'the base path', line: 2, key: 'url', todo: /^write {2}url: http:\/\/127\.0\.0\.1:\d+$/ },
    written: () => `url: ${pair.relay.url}/v1`,
  },
  {
    ...{ of: 'the username', line: 3, key: 'username', todo: /^write {2}username: number\.device$/ },
    written: () => 'username: number',
    variant: 'RELAY-AUTH-08/needs-the-device',
  },
  {
    ...{
      of: 'the registration id',
      line: 4,
      key: 'registrationId',
      todo: /^write {2}registrationId: number$/,
    },
    written: () => 'registrationId: text',
    variant: 'RELAY-VERIFY-20/refuses-text',
  },
  {
    ...{ of: 'the code', line: 6, key: 'capabilities.verificationCode', got: /not the one that confirms/ },
    written: () => "  verificationCode: { fixed: '12' }",
    todo: /^let it print the code sent last to the number/,
  },
  {
    ...{ of: 'a control plane that is not there', line: 6, key: 'capabilities.verificationCode' },
    written: () => '  verificationCode: { control: http://127.0.0.1:9 }',
    got: /: expected an answer, got none: /,
    todo: /^start the control plane, or correct its URL$/,
  },
  {
    ...{ of: 'a command that is not there', line: 6, key: 'capabilities.verificationCode' },
    written: () => '  verificationCode: { command: [./last-code.sh] }',
    got: /cannot be started \(ENOENT\): there is no such program, or none that its first line names$/,
    todo: /^put one with a slash in its name beside the target file, or another on the PATH$/,
  },
  {
    ...{ of: 'a command that is no program', line: 7, key: 'capabilities.pushes' },
    written: () => '  pushes: { command: [./no-program] }',
    got: /cannot be started \(EACCES\): it may not be executed$/,
    todo: /^make it a program with chmod \+x$/,
  },
  {
    ...{ of: 'the burst of a limiter', line: 9, key: 'capabilities.limits.fixed.verify.burst' },
    written: () => '  limits: { fixed: { verify: { burst: 9, refillMs: 60000 } } }',
    todo: /^write {2}verify: \{ burst: 2, refillMs: … \}$/,
  },
  {
    ...{ of: 'the name of the peer', line: 10, key: 'capabilities.federation.name' },
    written: () => peer('sud'),
    got: /prekeys of a number at relay "sud" got 404/,
    todo: /^write the name that the relay gives the peer/,
  },
  {
    ...{ of: 'the URL of the peer', line: 10, key: 'capabilities.federation.url', todo: /^start the peer/ },
    written: () => peer('south', 'http://127.0.0.1:9'),
  },
  {
    ...{ of: 'a peer without codes', line: 10, key: 'capabilities.federation' },
    written: () => `  federation: { name: south, url: ${pair.peer.url}, knownAs: north }`,
    todo: /^write into it what gives the codes of the peer: {2}verificationCode:/,
  },
]

const OF_MSTORES: readonly Mistake[] = [
  {
    ...{ of: 'the base path', line: 2, key: 'url', todo: /^write {2}url: http:\/\/127\.0\.0\.1:\d+$/ },
    written: () => `url: ${mstore.url}/api/v1`,
  },
  {
    ...{ of: 'the mailbox', line: 3, key: 'mailbox', todo: /^write the number whose credentials these are/ },
    written: () => "mailbox: '+15555550100'",
  },
  {
    ...{ of: 'the NAF name', line: 4, key: 'naf', todo: /^write {2}naf: mstore\.example\.org$/ },
    written: () => 'naf: mstore.example.net',
  },
  {
    ...{ of: 'the IMPI', line: 7, key: 'capabilities.gba.isim.impi', todo: /^write the IMPI of a card/ },
    written: () => isim({ impi: 'somebody@ims.example.org' }),
  },
  {
    ...{ of: 'K', line: 7, key: 'capabilities.gba.isim.k', got: /^k is wrong in digit 1$/ },
    written: () => isim({ k: otherDigit(card.k) }),
    todo: /^correct K of the card$/,
  },
  {
    ...{ of: 'OPc', line: 7, key: 'capabilities.gba.isim.opc', got: /^opc is wrong in digit 1$/ },
    written: () => isim({ opc: otherDigit(card.opc) }),
    todo: /^correct OPc of the card$/,
  },
  {
    ...{ of: 'K and OPc', line: 7, key: 'capabilities.gba.isim.k', got: /^k and opc are exchanged$/ },
    written: () => isim({ k: card.opc, opc: card.k }),
    todo: /^exchange the values of k and opc$/,
  },
  {
    ...{ of: 'the SQN', line: 7, key: 'capabilities.gba.isim.sqn', todo: /^write {2}sqn: '000000000000'/ },
    written: () => isim({ sqn: 'ffffffffffff' }),
  },
  {
    ...{ of: 'the PIN', line: 10, key: 'capabilities.pin', todo: /^write the PIN of the mailbox/ },
    written: () => "  pin: '8642'",
  },
]

interface Problem {
  readonly kind: string
  readonly place: string
  readonly key: string
  readonly got: string
  readonly todo: string
}

/** What doctor finds wrong in a file of these lines. */
async function problemsIn(lines: readonly string[]): Promise<readonly Problem[]> {
  writeFileSync(place.file('mine.yaml'), lines.join('\n'))
  const { stdout } = await command(['doctor', '--target', 'mine.yaml', '--json'], { cwd: place.path })
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Problem[] }
  return findings.filter(({ kind }) => kind === 'wrong')
}

describe.each([
  { protocol: 'a relay', lines: relayLines, control: () => pair.relay.control, mistakes: OF_RELAYS },
  { protocol: 'an mStore', lines: mStoreLines, control: () => mstore.control, mistakes: OF_MSTORES },
])('in a target file of $protocol', ({ lines, control, mistakes }) => {
  it('nothing is found where there is no mistake', async () => {
    expect(await problemsIn(lines())).toEqual([])
  })

  it.each(mistakes)('a mistake in $of has its line, and what to write', async (mistake) => {
    const { line, written, key, todo, got = /./, variant } = mistake
    if (variant !== undefined) await askControl(control(), 'PUT /variants', { ids: [variant] })
    expect(await problemsIn(lines().toSpliced(line - 1, 1, written()))).toEqual([
      expect.objectContaining({
        place: `mine.yaml:${line}`,
        key,
        got: expect.stringMatching(got) as string,
        todo: expect.stringMatching(todo) as string,
      }),
    ])
  })
})
