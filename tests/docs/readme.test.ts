import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { touchstone, workplace, type Workplace } from '../cli/touchstone.ts'

const readme = readFileSync(join(PACKAGE_ROOT, 'README.md'), 'utf8')
const gate = readFileSync(join(PACKAGE_ROOT, '.ci/run'), 'utf8')

/** The fenced blocks of that language, in order. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  )
}

const commands = blocks('sh').flatMap((block) => block.trim().split('\n'))

let mock: RelayMock
let place: Workplace

beforeAll(async () => {
  mock = await startRelayMock()
  place = workplace()
  const [target = '', baseline = ''] = blocks('yaml')
  writeFileSync(place.file('my-server.yaml'), here(target))
  writeFileSync(place.file('known.yaml'), baseline)
  writeFileSync(place.file('last-code.sh'), script())
  chmodSync(place.file('last-code.sh'), 0o755)
})

afterAll(async () => {
  await mock.close()
  place.remove()
})

/** The text, with the servers of the README's examples replaced by those of the test. */
function here(text: string): string {
  return text.replaceAll('http://127.0.0.1:8080', mock.url).replaceAll('http://127.0.0.1:8081', mock.control)
}

/** What a user would write: prints the code that was sent last to the number in the first argument. */
function script(): string {
  return `#!${process.execPath}
const url = ${JSON.stringify(mock.control)} + '/codes?number=' + encodeURIComponent(process.argv[2])
fetch(url).then((answer) => answer.json()).then(({ codes }) => console.log(codes.at(-1).code))
`
}

/** A target file that runs a program for each code is slow work: one area shows as much as all. */
function narrowed(command: string): readonly string[] {
  return command.includes('verify --target') && !command.includes('--only') ? ['--only', 'RELAY-CODE'] : []
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
  const runs = others.map((command) => [...here(command).split(' ').slice(1), ...narrowed(command)])
  for (const args of runs.filter(([name]) => name !== 'mock')) {
    const { exitCode, stdout, stderr } = await touchstone(args, { cwd: place.path })
    expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: '' })
    expect(stdout).not.toBe('')
  }
}, 240_000)

it('shows mocks that start and stop', async () => {
  const mocks = commands.filter((command) => command.startsWith('touchstone mock'))
  expect(mocks.length).toBeGreaterThan(0)
  for (const command of mocks) {
    const free = command.includes('--port') ? [] : ['--port', '0', '--control-port', '0']
    const { exitCode, stdout } = await touchstone([...command.split(' ').slice(1), ...free], {
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('http://127.0.0.1:')
  }
})
