import { appendFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace
let north: RelayMock
let south: RelayMock
let writer: NodeJS.Timeout
/** Settled as soon as what was found at the last look is in the files; null between two looks. */
let appending: Promise<unknown> | null = null

/** What the senders of a node have written down so far, by how many lines of it are in the file. */
const written = new Map<string, number>()

/** Appends what the control plane lists and the file does not have yet, as the senders of a server would. */
async function append(control: string, kind: 'codes' | 'pushes', file: string): Promise<void> {
  const answer = (await (await fetch(`${control}/${kind}`)).json()) as Readonly<
    Record<string, readonly object[]>
  >
  const sent = answer[kind] ?? []
  const lines = sent.slice(written.get(file) ?? 0).map((each) => `${JSON.stringify(each)}\n`)
  written.set(file, sent.length)
  appendFileSync(place.file(file), lines.join(''))
}

beforeAll(async () => {
  place = workplace()
  const rulebook = { federation: { announceAfterMs: 3000 }, limits: { figures: { retrievals: null } } }
  north = await startRelayMock({ name: 'north', rulebook })
  south = await startRelayMock({ name: 'south', rulebook, peers: { north: north.url } })
  await north.connect({ south: south.url })
  const nodes = [
    [north.control, 'north'],
    [south.control, 'south'],
  ] as const
  const appendAll = () =>
    nodes.flatMap(([control, name]) => [
      append(control, 'codes', `${name}-codes.ndjson`),
      append(control, 'pushes', `${name}-pushes.ndjson`),
    ])
  writer = setInterval(() => {
    appending ??= Promise.all(appendAll()).finally(() => (appending = null))
  }, 50)
})

afterAll(async () => {
  clearInterval(writer)
  await appending
  await Promise.all([north.close(), south.close()])
  place.remove()
})

function targetFile(synchronise: string): void {
  writeFileSync(
    place.file('mine.yaml'),
    `protocol: relay
url: ${north.url}
capabilities:
  verificationCode: { file: north-codes.ndjson }
  pushes: { file: north-pushes.ndjson }
  limits: { fixed: { retrievals: none } }
  federation:
    name: south
    knownAs: north
    url: ${south.url}
    verificationCode: { file: south-codes.ndjson }
    pushes: { file: south-pushes.ndjson }
${synchronise}`,
  )
}

const verify = (...ids: readonly string[]) =>
  touchstone(['verify', '--target', 'mine.yaml', ...ids.flatMap((id) => ['--only', id])], { cwd: place.path })

describe('two nodes whose senders append to files, and which announce numbers to each other three seconds later', () => {
  it('are conformant where the target file says so, without a limiter that is declared absent', async () => {
    targetFile('    synchronise: { afterMs: 3500 }\n')
    const { exitCode, stdout } = await verify('RELAY-DIRECTORY-10', 'RELAY-PUSH-01', 'RELAY-ATTACHMENT-10')
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 })
    expect(stdout).toContain('declared absent: capabilities.limits.fixed.retrievals: none')
    expect(stdout).not.toContain('synchronise')
  })

  it('are skipped with the line that is missing where it does not', async () => {
    targetFile('')
    const { exitCode, stdout } = await verify('RELAY-DIRECTORY-10', 'RELAY-PUSH-01')
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 })
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'capabilities.federation.synchronise: { command: [PROGRAM] }, or { afterMs: N }',
    )
  })
})
