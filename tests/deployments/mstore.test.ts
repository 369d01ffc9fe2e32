import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { askControl, shownBy } from '../control-client.ts'
import { command } from '../cli/in-process.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { verifyDeployment } from './deployment.ts'

const MSISDN = '+15555558264'
const PIN = '1397'

interface Subscriber {
  readonly isim: object
  readonly bsf: object
}

let mock: MStoreMock
let place: Workplace
let subscriber: Subscriber

beforeAll(async () => {
  place = workplace()
  mock = await startMStoreMock({ plain: true, host: '::1', seed: '1', gatewayTimeoutMs: 20 })
})

afterAll(async () => {
  await mock.close()
  place.remove()
})

beforeEach(async () => {
  await askControl(mock.control, 'POST /reset', {})
  const wanted = { msisdn: MSISDN, pin: PIN, quotas: { GreetingsQuota: 9 } }
  subscriber = (await askControl(mock.control, 'POST /subscribers', wanted)).json as unknown as Subscriber
})

/** A target file of the one mailbox. */
const target = (capabilities: object = {}, rest: object = {}) => ({
  protocol: 'mstore',
  url: mock.url,
  mailbox: MSISDN,
  limits: { gatewayTimeoutMs: 2000 },
  ...rest,
  capabilities: { gba: { isim: subscriber.isim, bsf: subscriber.bsf }, ...capabilities },
})

interface Bootstrapped {
  readonly username: string
  readonly password: string
}

/** Credentials of which nothing shows the alphabet of their Base64. */
async function keyWithoutPlusOrSlash(): Promise<Bootstrapped> {
  const { json } = await askControl(mock.control, 'POST /credentials', { msisdn: MSISDN })
  const made = json as unknown as Bootstrapped
  return /[+/]/.test(made.password) ? keyWithoutPlusOrSlash() : made
}

const only = (...terms: readonly string[]) => terms.flatMap((term) => ['--only', term])

/** What the mock has of the mailbox. */
const mailboxNow = async () => (await shownBy(mock.control, '/subscribers'))['subscribers']

it('leaves one mailbox as it was, three runs in a row', async () => {
  const before = await mailboxNow()
  const areas = only('MSTORE-UPLOAD', 'MSTORE-FLAG-09', 'MSTORE-PROFILE-20')
  for (let run = 1; run <= 3; run += 1) {
    const { exitCode, stdout } = await verifyDeployment(place, target({ greeting: true }), ...areas)
    expect({ run, exitCode, open: /not as before|could not be judged/.test(stdout) }).toEqual({
      ...{ run, exitCode: 0, open: false },
    })
    expect(await mailboxNow()).toEqual(before)
  }
}, 240_000)

it.each([
  ['may hold none', { VoiceSignatureQuota: 0 }, 0],
  ['is full', { TotalStorage: 0 }, 3],
])(
  'convicts no mailbox that %s of what a scenario uploads',
  async (_, quotas, exit) => {
    await askControl(mock.control, 'PUT /quotas', { msisdn: MSISDN, ...quotas })
    const areas = only('MSTORE-FOLDER-18', 'MSTORE-FOLDER-22', 'MSTORE-OBJECT-21', 'MSTORE-SEARCH-04')
    const { exitCode, stdout } = await verifyDeployment(place, target({ greeting: true }), ...areas)
    expect({ exitCode, violated: /violated/.test(stdout) }).toEqual({ exitCode: exit, violated: false })
  },
  60_000,
)

it('changes the PIN scenarios nothing that the profile scenarios did before', async () => {
  const file = target({ pin: PIN })
  expect((await verifyDeployment(place, file, ...only('MSTORE-PROFILE'))).exitCode).toBe(0)
  const { exitCode, verdicts } = await verifyDeployment(place, file, ...only('MSTORE-PIN'))
  expect(exitCode).toBe(0)
  expect(verdicts.get('MSTORE-PIN-04')).toBe('verified')
})

/** A program that calls the mailbox of the number that it is given. */
function caller(): readonly string[] {
  const post = `fetch('${mock.control}/voicemails', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ msisdn: process.argv[2] }) })`
  writeFileSync(place.file('call.cjs'), `${post}.then(({ ok }) => process.exit(ok ? 0 : 1))`)
  return ['node', place.file('call.cjs')]
}

it('has no voicemail more that a program left for a run, or for a look at it', async () => {
  const before = await mailboxNow()
  const file = target({ voicemail: { command: caller() } })
  const areas = only('MSTORE-OBJECT-01', 'MSTORE-OBJECT-10', 'MSTORE-BULKDELETE-01')
  const { exitCode, verdicts, stdout } = await verifyDeployment(place, file, ...areas)
  expect({ exitCode, open: /not as before/.test(stdout) }).toEqual({ exitCode: 0, open: false })
  expect(verdicts.get('MSTORE-OBJECT-01')).toBe('verified')
  // Of voicemails, where the file offers no greetings
  expect(verdicts.get('MSTORE-OBJECT-10')).toBe('verified')
  expect(await mailboxNow()).toEqual(before)
  const looked = await command(['doctor', '--target', 'target.yaml'], { cwd: place.path })
  expect(looked).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('one that is left is in the inbox'),
  })
  expect(await mailboxNow()).toEqual(before)
})

it('tries a wrong PIN once, and names its line', async () => {
  const file = target({ pin: '8642' })
  const { exitCode, stdout } = await verifyDeployment(place, file, ...only('MSTORE-PIN', 'MSTORE-PROFILE-03'))
  expect(exitCode).toBe(3)
  const named = 'target.yaml:7: capabilities.pin: expected the PIN of the mailbox, got another'
  expect(stdout.replace(/\s+/g, ' ').split(`- ${named}`)).toHaveLength(2)
  const { entries } = (await shownBy(mock.control, '/journal')) as {
    readonly entries: readonly { readonly raw: string }[]
  }
  const changes = entries.filter(({ raw }) =>
    /Authorization[^]*OLD_PWD/.test(Buffer.from(raw, 'base64').toString()),
  )
  expect(changes).toHaveLength(1)
})

it('leaves it open whether a PIN is right that another reason speaks against', async () => {
  const open = { msisdn: '+15555558265', pin: PIN, profile: { vvmon: 'false' } }
  const other = (await askControl(mock.control, 'POST /subscribers', open)).json as unknown as Subscriber
  const gba = { isim: other.isim, bsf: other.bsf }
  const file = target({ pin: PIN, gba }, { mailbox: open.msisdn })
  const { exitCode, stdout } = await verifyDeployment(place, file, ...only('MSTORE-PIN-04'))
  expect(exitCode).toBe(3)
  expect(stdout.replace(/\s+/g, ' ')).toContain('vvmon of the mailbox is false')
})

it('skips what a fixed B-TID and key cannot show', async () => {
  const { username, password } = await keyWithoutPlusOrSlash()
  const gba = { fixed: { btid: username, key: password } }
  const { exitCode, verdicts, skips } = await verifyDeployment(place, target({ gba }), ...only('MSTORE-AUTH'))
  expect(exitCode).toBe(0)
  expect(verdicts.get('MSTORE-AUTH-16')).toBe('not-verified')
  expect(skips.join('\n')).toContain('a key whose Base64 has + or /')
})

it('is verified where it takes only the path for the uri of a digest, which the file says', async () => {
  await askControl(mock.control, 'PUT /variants', { ids: ['MSTORE-AUTH-20/takes-paths-alone'] })
  const areas = only('MSTORE-AUTH-20', 'MSTORE-PROFILE-01')
  const { exitCode, verdicts } = await verifyDeployment(place, target({}, { digestUri: 'path' }), ...areas)
  expect(exitCode).toBe(0)
  expect(verdicts.get('MSTORE-AUTH-20')).toBe('verified')
})

it('is verified at an address of IPv6, with and without the NAF name', async () => {
  expect(mock.url).toMatch(/^http:\/\/\[::1\]:/)
  const everyday = ['MSTORE-PROFILE-01', 'MSTORE-TRANSPORT-01']
  for (const [rest, area] of [
    [{}, 'MSTORE-AUTH'],
    [{ naf: '::1' }, 'MSTORE-AUTH-04'],
  ] as const) {
    const { exitCode, verdicts } = await verifyDeployment(place, target({}, rest), ...only(area, ...everyday))
    expect(exitCode).toBe(0)
    expect(verdicts.get('MSTORE-AUTH-04')).toBe('verified')
  }
})
