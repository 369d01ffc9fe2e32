import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRelayPair, type RelayPair } from '#mocks/relay/pair.ts'
import { touchstone, workplace, type Workplace } from '../cli/touchstone.ts'

const SOME_SCENARIOS_MS = 60_000

/** Requirements that each need a second device. */
const ABOUT_DEVICES = ['RELAY-PREKEY-08', 'RELAY-MESSAGE-07', 'RELAY-AUTH-10']

let place: Workplace
let pair: RelayPair

beforeAll(async () => {
  place = workplace()
  pair = await startRelayPair({ dialect: 'deployed' })
})

afterAll(async () => {
  await pair.close()
  place.remove()
})

/** Everything from the control plane but devices, which the relay itself is to add. */
function targetFile({ url, control }: RelayPair['relay']): string {
  const file = place.file('relay.yaml')
  const plane = `{ control: "${control}" }`
  const lines = [
    ...['protocol: relay', `url: ${url}`, 'dialect: deployed', 'capabilities:'],
    ...[`  verificationCode: ${plane}`, `  pushes: ${plane}`, '  devices: { provisioning: true }', ''],
  ]
  writeFileSync(file, lines.join('\n'))
  return file
}

it(
  'verifies what needs a second device, which the deployed relay adds by itself',
  async () => {
    const only = ABOUT_DEVICES.flatMap((id) => ['--only', id])
    const args = ['verify', 'relay', '--target', targetFile(pair.relay), '--reports', place.file('reports')]
    const { exitCode, stdout } = await touchstone([...args, ...only])
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 })
    const { requirements } = place.json('reports/summary.json') as {
      readonly requirements: readonly { readonly id: string; readonly verdict: string }[]
    }
    const verified = requirements.filter(({ verdict }) => verdict === 'verified').map(({ id }) => id)
    expect(verified).toEqual(expect.arrayContaining(ABOUT_DEVICES))
    const { entries } = (await (await fetch(`${pair.relay.control}/journal`)).json()) as {
      readonly entries: readonly { readonly target: string; readonly status: number }[]
    }
    const added = entries.filter(({ target }) => /^\/v1\/devices\/\d+$/.test(target))
    expect(added.length).toBeGreaterThan(0)
    expect(added.every(({ status }) => status === 200)).toBe(true)
  },
  SOME_SCENARIOS_MS,
)
