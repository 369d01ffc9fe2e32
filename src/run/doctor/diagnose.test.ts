import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { startRelayPair } from '#mocks/relay/pair.ts'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import type { MStoreTarget, RelayTarget, Target } from '#driver/target.ts'
import { shownBy } from '../../../tests/control-client.ts'
import { controlledMStoreTarget } from '../../../tests/mstore-targets.ts'
import { controlledTarget } from '../../../tests/relay-targets.ts'
import { diagnose } from './diagnose.ts'

const EVERYTHING = ['reads', 'writes', 'sends', 'destroys', 'exhausts', 'slow'] as const

let relay: RelayMock
let mstore: MStoreMock

beforeAll(async () => {
  relay = await startRelayMock({ seed: 'doctor' })
  mstore = await startMStoreMock({ seed: 'doctor', plain: true })
})

afterAll(async () => {
  await Promise.all([relay.close(), mstore.close()])
})

function ofRelay(over: Partial<RelayTarget> = {}): RelayTarget {
  return { ...controlledTarget(relay.control), url: relay.url, allow: EVERYTHING, ...over }
}

function ofMStore(over: Partial<MStoreTarget> = {}): MStoreTarget {
  return { ...controlledMStoreTarget(mstore.control), url: mstore.url, allow: EVERYTHING, ...over }
}

async function findingsOf(target: Target, names?: readonly string[]) {
  const options = { onResult: () => undefined, interrupted: new AbortController().signal }
  return (await diagnose(target, options, names)).findings
}

/** What is wrong: the check, the key, and what to do. */
async function problems(target: Target, names?: readonly string[]) {
  const findings = await findingsOf(target, names)
  return findings.flatMap((finding) =>
    finding.kind === 'wrong' ? [`${finding.name} ${finding.at?.join('.') ?? '-'}: ${finding.todo}`] : [],
  )
}

interface Accounts {
  readonly accounts: readonly { readonly devices: readonly Device[] }[]
}

interface Device {
  readonly gcmId: string | null
  readonly apnId: string | null
}

/** The devices of all accounts of the mock with that control plane. */
async function devicesOf(control: string): Promise<readonly Device[]> {
  const { accounts } = (await shownBy(control, '/accounts')) as unknown as Accounts
  return accounts.flatMap(({ devices }) => devices)
}

describe('a server that is well', () => {
  it('has no problem as a relay', async () => {
    expect(await problems(ofRelay())).toEqual([])
  })

  it('has no push id of ours when all was looked at, and neither has its peer', async () => {
    const { relay, peer, close } = await startRelayPair({ seed: 'doctor' })
    const target = { ...controlledTarget(relay.control), url: relay.url, allow: EVERYTHING }
    const found = await problems(target)
    const devices = [...(await devicesOf(relay.control)), ...(await devicesOf(peer.control))]
    await close()
    expect(found).toEqual([])
    expect(devices.length).toBeGreaterThan(3)
    expect(devices.filter(({ gcmId, apnId }) => gcmId !== null || apnId !== null)).toEqual([])
  })

  it('has a note where its limiter refuses with 429', async () => {
    const { control, url, close } = await startRelayMock({
      seed: 'doctor',
      faults: ['RELAY-VERIFY-08/answers-429'],
    })
    const findings = await findingsOf({ ...controlledTarget(control), url, allow: EVERYTHING })
    await close()
    expect(findings.filter(({ name }) => name === 'rate limits')).toEqual([
      {
        kind: 'note',
        name: 'rate limits',
        said: expect.stringMatching(
          /^the limiter of wrong codes refuses after \d+, as it is said, but with 429; a run reports/,
        ) as string,
      },
    ])
  })

  it('has no problem as an mStore', async () => {
    expect(await problems(ofMStore())).toEqual([])
  })
})

describe('mistakes in what is said of a relay', () => {
  const wrongCode = { kind: 'fixed', value: '12' } as const

  it('are found one behind the other', async () => {
    const target = ofRelay({ url: `${relay.url}/v1/` })
    const limits = { kind: 'fixed', limits: { verify: { burst: 9, refillMs: 60_000 } } } as const
    const pushes = { kind: 'mock-control', url: `${relay.url}/elsewhere` } as const
    const found = await problems({ ...target, capabilities: { ...target.capabilities, limits, pushes } })
    expect(found).toEqual([
      `base path url: write  url: ${relay.url}`,
      expect.stringMatching(/^pushes capabilities\.pushes: write what shows the pushes/),
      expect.stringMatching(
        /^rate limits capabilities\.limits\.fixed\.verify\.burst: write {2}verify: \{ burst: \d/,
      ),
    ])
  })

  it('are a code that is not the one that confirms', async () => {
    const target = ofRelay()
    const capabilities = { ...target.capabilities, verificationCode: wrongCode }
    expect(await problems({ ...target, capabilities })).toEqual([
      'verification code capabilities.verificationCode: let it print the code sent last to the number and by the transport that it is given',
    ])
  })

  it('are another protocol', async () => {
    expect(await problems(ofRelay({ url: mstore.url }))).toEqual([
      'base path protocol: write  protocol: mstore',
    ])
  })
})

describe('mistakes in what is said of an mStore', () => {
  async function withCard(change: (secrets: { k: string; opc: string }) => { k: string; opc: string }) {
    const response = await fetch(`${mstore.control}/subscribers`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"pin":"4321"}',
    })
    const { msisdn, isim, bsf } = (await response.json()) as {
      msisdn: string
      isim: { impi: string; k: string; opc: string; sqn: string }
      bsf: { url: string; fqdn: string }
    }
    return ofMStore({
      mailbox: msisdn,
      naf: 'another.example.org',
      capabilities: {
        subscribers: null,
        gba: { kind: 'isim', isim: { ...isim, ...change(isim) }, bsf },
        voicemail: { kind: 'fixed', value: 'true' },
        greeting: false,
        pin: '9999',
      },
    })
  }

  it('are the NAF name, a digit of K, an empty inbox and another PIN, all in one run', async () => {
    const target = await withCard(({ k, opc }) => ({
      k: k.startsWith('0') ? `1${k.slice(1)}` : `0${k.slice(1)}`,
      opc,
    }))
    expect(await problems(target)).toEqual([
      'NAF name naf: write  naf: 127.0.0.1',
      'bootstrap capabilities.gba.isim.k: correct K of the card',
      expect.stringMatching(/^voicemail capabilities\.voicemail: leave a voicemail/),
      'PIN capabilities.pin: write the PIN of the mailbox, or leave pin out',
    ])
  })

  it('are an IMPI that the network does not know', async () => {
    const target = await withCard((secrets) => ({ ...secrets, impi: 'nobody@ims.example.org' }))
    expect(
      await problems(target, ['name', 'TCP', 'scheme', 'TLS', 'HTTP', 'base path', 'refusals', 'bootstrap']),
    ).toEqual([
      'bootstrap capabilities.gba.isim.impi: write the IMPI of a card that the bootstrapping server knows',
    ])
  })
})

describe('a server that cannot be tested', () => {
  it('is one where nothing listens', async () => {
    const found = await problems(ofRelay({ url: 'http://127.0.0.1:9' }))
    expect(found).toEqual(['TCP url: start the server, or correct the port of the URL'])
  })

  it('is one with TLS that is addressed without', async () => {
    const secure = await startMStoreMock({ seed: 'doctor' })
    const url = secure.url.replace('https:', 'http:')
    const found = await problems(ofMStore({ url, tls: { ca: null, insecure: true } }), [
      'name',
      'TCP',
      'scheme',
    ])
    await secure.close()
    expect(found).toEqual([`scheme url: write  url: ${secure.url}`])
  })
})
