import { execFile } from 'node:child_process'
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { touchstone, workplace, type Workplace } from '../cli/touchstone.ts'

/** The pages that show commands, in the order in which these are run. */
const PAGES = ['verify', 'reports', 'mocks', 'walks', 'ci'].map((name) => `docs/${name}.md`)
const readme = [...PAGES, 'README.md']
  .map((path) => readFileSync(join(PACKAGE_ROOT, path), 'utf8'))
  .join('\n')
const gate = readFileSync(join(PACKAGE_ROOT, '.ci/run'), 'utf8')

/** The fenced blocks of that language, in order. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  )
}

const commands = blocks('sh').flatMap((block) => block.trim().split('\n'))

/** The number of the README's examples, and another for its examples with curl. */
const NUMBER = '+15555558264'
const OF_CURL = '+15555557301'

interface Made {
  readonly isim: { readonly impi: string; readonly k: string; readonly opc: string; readonly sqn: string }
}

let relay: RelayMock
let mstore: MStoreMock
let subscriber: Made
let place: Workplace

beforeAll(async () => {
  relay = await startRelayMock()
  mstore = await startMStoreMock()
  subscriber = (await control('/subscribers', { msisdn: NUMBER })) as Made
  await control('/voicemails', { msisdn: NUMBER })
  place = workplace()
  const [target = '', mstoreTarget = '', baseline = ''] = blocks('yaml')
  writeFileSync(place.file('my-server.yaml'), here(target))
  writeFileSync(place.file('my-mstore.yaml'), here(mstoreTarget))
  writeFileSync(place.file('authority.pem'), mstore.ca ?? '')
  writeFileSync(place.file('known.yaml'), baseline)
  writeFileSync(place.file('last-code.sh'), script())
  chmodSync(place.file('last-code.sh'), 0o755)
})

afterAll(async () => {
  await Promise.all([relay.close(), mstore.close()])
  place.remove()
})

async function control(path: string, body: unknown): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' }
  const request = { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = await fetch(`${mstore.control}${path}`, request)
  return answer.json()
}

/** The text, with the servers and the card of the README's examples replaced by those of the test. */
function here(text: string): string {
  const replaced: readonly (readonly [string, string])[] = [
    ['http://127.0.0.1:8080', relay.url],
    ['http://127.0.0.1:8081', relay.control],
    ['https://127.0.0.1:8443', mstore.url],
    ['http://127.0.0.1:8444', mstore.control],
    ['http://127.0.0.1:8445', mstore.bsf.url],
    ['user@ims.example.org', subscriber.isim.impi],
    ['000000000000', subscriber.isim.sqn],
  ]
  return replaced.reduce((done, [shown, own]) => done.replaceAll(shown, own), text)
}

/** What a user would write: prints the code that was sent last to the number in the first argument. */
function script(): string {
  return `#!${process.execPath}
const url = ${JSON.stringify(relay.control)} + '/codes?number=' + encodeURIComponent(process.argv[2])
fetch(url).then((answer) => answer.json()).then(({ codes }) => console.log(codes.at(-1).code))
`
}

/** The command as it is run here: a whole suite and a long walk show no more of it than a few requests. */
function narrowed(command: string): readonly string[] {
  const args = command
    .replace('--for 5s', '--for 1s')
    .replace('--explore 5s', '--explore 1s')
    .replace('--runs 20', '--runs 3')
    .replace('prove --explore', 'prove --explore --runs 30')
    .split(' ')
    .slice(1)
  const isWhole = args[0] === 'verify' && !args.includes('--only')
  return isWhole ? [...args, '--only', 'RELAY-CODE-03'] : args
}

it('has its two commands run by the gate', () => {
  const whole = commands.filter((command) => command.startsWith('npm'))
  expect(whole).toEqual(['npm ci && npm run verify', 'npm test'])
  expect(gate).toContain('npm ci')
  expect(gate).toContain('npm run verify')
  expect(gate).toContain('npm test')
})

it('shows commands that do what it says', async () => {
  const others = commands.filter((command) => !command.startsWith('npm'))
  expect(others.filter((command) => !command.startsWith('touchstone '))).toEqual([])
  const runs = others.map((command) => narrowed(here(command)))
  const env = { ISIM_K: subscriber.isim.k, ISIM_OPC: subscriber.isim.opc }
  for (const args of runs.filter(([name]) => name !== 'mock')) {
    if (args.includes('last-week'))
      cpSync(place.file('reports'), place.file('last-week'), { recursive: true })
    const { exitCode, stdout, stderr } = await touchstone(args, { cwd: place.path, env })
    expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: '' })
    expect(stdout).not.toBe('')
  }
}, 900_000)

it('shows a counterexample that is red with its fault and green without', async () => {
  const [feature = ''] = blocks('gherkin')
  writeFileSync(place.file('found.feature'), feature)
  const fault = /`(RELAY-[\w-]+\/[\w-]+)`, which refuses a message/.exec(readme)?.[1] ?? ''
  const faulty = await startRelayMock({ faults: [fault] })
  try {
    const exitCodes = [faulty, relay].map(async ({ url, control: plane }) => {
      const at = ['--url', url, '--control', plane, '--reports', place.file(`found-at-${new URL(url).port}`)]
      return (await touchstone(['verify', 'relay', ...at, '--features', place.file('found.feature')]))
        .exitCode
    })
    expect(await Promise.all(exitCodes)).toEqual([1, 0])
  } finally {
    await faulty.close()
  }
}, 60_000)

it('shows mocks that start and stop', async () => {
  const mocks = commands.filter((command) => command.startsWith('touchstone mock'))
  expect(mocks.length).toBeGreaterThan(0)
  for (const command of mocks) {
    const bsf = command.includes('mock mstore') ? ['--bsf-port', '0'] : []
    const free = command.includes('--port') ? [] : ['--port', '0', '--control-port', '0', ...bsf]
    const { exitCode, stdout } = await touchstone([...command.split(' ').slice(1), ...free], {
      cwd: PACKAGE_ROOT,
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('http://127.0.0.1:')
  }
}, 60_000)

it('shows how curl comes by credentials and reads the profile with them', async () => {
  const lines = blocks('bash').flatMap((block) => block.trim().split('\n'))
  expect(lines).toHaveLength(6)
  let credentials = { username: '', password: '' }
  const printed: string[] = []
  for (const line of lines) {
    const own = here(line.replaceAll(NUMBER, OF_CURL)).replace(
      'USERNAME:PASSWORD',
      `${credentials.username}:${credentials.password}`,
    )
    const args = own.split(' ').slice(1)
    const unquoted = args.map((arg) => arg.replace(/^'(.*)'$/, '$1'))
    const { stdout } = await promisify(execFile)('curl', unquoted, { cwd: PACKAGE_ROOT })
    printed.push(stdout)
    if (line.includes('/credentials')) credentials = JSON.parse(stdout) as typeof credentials
  }
  expect(printed.join('')).toContain('"vvmserviceProfile"')
  expect(printed.join('')).not.toContain('"error"')
})
