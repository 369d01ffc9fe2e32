import { describe, expect, it } from 'vitest'
import gba from '../../fixtures/vectors/gba.json' with { type: 'json' }
import vectors from '../../fixtures/vectors/mstore.json' with { type: 'json' }
import { virtualClock } from '#mocks/edge/clock.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { patch } from '#mocks/engine/patch.ts'
import { fromHex, utf8 } from '#protocol/bytes.ts'
import { parseBTid } from '#protocol/gba/b-tid.ts'
import { bootstrapKey } from '#protocol/gba/key-derivation.ts'
import { rand } from '#protocol/gba/milenage.ts'
import { endpointTarget } from '#protocol/mstore/endpoints.ts'
import type { BootstrappedKey } from './keys.ts'
import { decide } from './machine.ts'
import type { MStoreRequest } from './requests.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { MStoreStore } from './state.ts'
import { newSubscriber } from './subscribers.ts'

const { digest } = vectors
const OWNER = '+11234567890'
const OTHER = '+15555559173'
const IMPI = '001010000000005@ims.mnc001.mcc001.3gppnetwork.org'
const LIFETIME_MS = 60_000
const TARGET = endpointTarget(OWNER, { kind: 'profile' })

/** The key of test set 1, as a bootstrap leaves it behind. */
function vectorKey(): BootstrappedKey {
  const set = gba.milenage[0]
  const btid = parseBTid(digest.username)
  if (set === undefined || btid.kind === 'parse-error')
    throw new Error('vectors: expected test set 1 and its B-TID')
  const ks = bootstrapKey({ ck: fromHex(set.ck), ik: fromHex(set.ik) })
  return { ks, rand: rand(btid.rand), impi: IMPI, expiresAt: LIFETIME_MS }
}

/** The mStore of the vectors: its host, its realm, a nonce that was given out, one key, two mailboxes. */
class AuthenticationTrial {
  readonly store = new MStoreStore()
  readonly clock = virtualClock(() => 0)
  readonly #rules: MStorePatch

  constructor(rules: MStorePatch = {}) {
    this.#rules = rules
    this.store.apply([
      { kind: 'subscriber-stored', subscriber: newSubscriber({ msisdn: OWNER }, IMPI) },
      { kind: 'subscriber-stored', subscriber: newSubscriber({ msisdn: OTHER }, 'other') },
      { kind: 'nonce-issued', nonce: digest.nonce, connection: 1, asked: '' },
    ])
  }

  ask(authorization: string | undefined, over: Partial<MStoreRequest> = {}) {
    const random = seededRandom('trial')
    const key = vectorKey()
    const request = {
      ...{ version: '1.1', method: 'GET', target: TARGET, origin: digest.origin, connection: 2 },
      ...{ userAgent: '3gpp-gba', contentType: undefined, body: utf8(''), authorization },
      ...over,
    }
    const decision = decide(request, {
      state: this.store,
      rulebook: patch(documented, this.#rules),
      world: { nowMs: this.clock.nowMs, randomBytes: random.bytes, randomInt: random.int },
      naf: {
        host: 'wsg.t-mobile.com',
        names: ['wsg.t-mobile.com'],
        keys: { lookup: (btid) => (btid === digest.username ? key : undefined) },
      },
    })
    this.store.apply(decision.changes)
    const { kind, headers = [] } = decision.outcome
    return { kind, challenge: new Map(headers).get('WWW-Authenticate'), notes: decision.notes.join('; ') }
  }
}

/** The header of the vectors, with other values for some parameters. */
function header(over: Readonly<Record<string, string>> = {}): string {
  return Object.entries(over).reduce(
    (text, [name, value]) => text.replace(new RegExp(`\\b${name}=("[^"]*"|\\w+)`), `${name}=${value}`),
    digest.header,
  )
}

describe('credentials', () => {
  it('are asked for with a challenge that every client reads', () => {
    const { kind, challenge } = new AuthenticationTrial().ask(undefined)
    expect(kind).toBe('no-credentials')
    expect(challenge).toMatch(
      /^Digest realm="3GPP-bootstrapping@wsg\.t-mobile\.com", nonce="[0-9a-f]{32}", qop="auth", algorithm=MD5$/,
    )
  })

  it.each(digest.uriForms)('of the vectors with the uri $form are as good as their form', (vector) => {
    const trial = new AuthenticationTrial()
    const { kind, notes } = trial.ask(header({ uri: `"${vector.uri}"`, response: `"${vector.response}"` }))
    const right = vector.form === 'absolute' || vector.form === 'path'
    expect(kind).toBe(right ? 'read' : 'wrong-uri')
    expect(notes).toContain(vector.form)
  })

  it.each(digest.passwords)('with the password $form say so', ({ form, response }) => {
    const { kind, notes, challenge } = new AuthenticationTrial().ask(header({ response: `"${response}"` }))
    expect(kind).toBe(form === 'base64' ? 'read' : 'wrong-response')
    expect(challenge === undefined).toBe(form === 'base64')
    expect(notes).toContain(form === 'base64' ? 'absolute' : `password ${form}`)
  })

  it.each([
    ['a quoted nc', header({ nc: '"00000001"' }), 'malformed-credentials', 'nc is quoted (MSTORE-AUTH-25)'],
    ['a short nc', header({ nc: '1' }), 'malformed-credentials', 'not eight hex digits'],
    ['another algorithm', header({ algorithm: 'MD5-sess' }), 'malformed-credentials', 'not MD5'],
    ['no cnonce', digest.header.replace(/cnonce="\w+",/, ''), 'malformed-credentials', 'no cnonce'],
    ['another realm', header({ realm: '"wsg.t-mobile.com"' }), 'wrong-realm', 'realm'],
    ['another name', header({ username: '"x"' }), 'unknown-btid', 'B-TID'],
    ['another scheme', 'Basic YTpi', 'malformed-credentials', 'expected Digest'],
    [
      'no response',
      digest.header.replace(/,response="\w+"/, ''),
      'malformed-credentials',
      'expected response',
    ],
  ] as const)('with %s are refused and asked for again', (...row) => {
    const [, authorization, expected, note] = row
    const { kind, notes, challenge } = new AuthenticationTrial().ask(authorization)
    expect(kind).toBe(expected)
    expect(notes).toContain(note)
    expect(challenge).toMatch(/^Digest /)
    expect(challenge).not.toContain('stale')
  })

  it('may have qop and algorithm quoted or not, in any order', () => {
    const bare = header({ qop: 'auth', algorithm: 'MD5' })
    const [scheme = '', ...params] = bare.split(/ |,/)
    expect(new AuthenticationTrial().ask(bare).kind).toBe('read')
    expect(new AuthenticationTrial().ask(`${scheme} ${params.reverse().join(', ')}`).kind).toBe('read')
  })

  it('are good once for a nonce and a count, and for any key that holds', () => {
    const trial = new AuthenticationTrial()
    expect(trial.ask(digest.header).kind).toBe('read')
    const again = trial.ask(digest.header)
    expect(again.kind).toBe('used-nonce')
    expect(again.challenge).toContain('stale=true')
  })

  it('for a nonce that was never given out are stale only where nothing else is wrong', () => {
    const trial = new AuthenticationTrial()
    trial.store.clear()
    trial.store.apply([{ kind: 'subscriber-stored', subscriber: newSubscriber({ msisdn: OWNER }, IMPI) }])
    expect(trial.ask(digest.header)).toMatchObject({ kind: 'unknown-nonce' })
    expect(trial.ask(digest.header).challenge).toContain('stale=true')
    expect(trial.ask(header({ response: `"${'0'.repeat(32)}"` })).challenge).not.toContain('stale')
  })

  it('expire on the clock of their subscriber alone', () => {
    const [one, other] = [new AuthenticationTrial(), new AuthenticationTrial()]
    one.clock.advance(LIFETIME_MS, OWNER)
    other.clock.advance(LIFETIME_MS, OTHER)
    expect(one.ask(digest.header).kind).toBe('expired-credentials')
    expect(other.ask(digest.header).kind).toBe('read')
  })

  it('do not open the mailbox of another subscriber', () => {
    const order = documented.authentication.order.filter((name) => name !== 'uri' && name !== 'response')
    const target = endpointTarget(OTHER, { kind: 'profile' })
    const { kind, challenge } = new AuthenticationTrial({ authentication: { order } }).ask(digest.header, {
      target,
    })
    expect([kind, challenge]).toEqual(['foreign-mailbox', undefined])
  })

  it('are bound to the request line', () => {
    expect(new AuthenticationTrial().ask(digest.header, { method: 'PUT' }).kind).toBe('wrong-response')
    const target = endpointTarget(OWNER, { kind: 'search' })
    expect(new AuthenticationTrial().ask(digest.header, { target }).notes).toContain('MSTORE-AUTH-31')
  })

  it('are looked at after the User-Agent and before everything else', () => {
    expect(new AuthenticationTrial().ask(undefined, { userAgent: 'Mozilla/5.0' }).kind).toBe('wrong-agent')
    expect(new AuthenticationTrial().ask(undefined, { userAgent: undefined }).kind).toBe('wrong-agent')
    expect(new AuthenticationTrial().ask(undefined, { userAgent: 'Foo/1.0 3gpp-gba' }).kind).toBe(
      'wrong-agent',
    )
    expect(new AuthenticationTrial().ask(undefined, { target: '/nosuch' }).kind).toBe('no-credentials')
    expect(new AuthenticationTrial().ask(undefined, { body: 'truncated' }).kind).toBe('no-credentials')
  })

  it('that are refused change nothing, unless a fault lets them', () => {
    const body = utf8('{"vvmserviceProfile":{"attributes":{"attribute":[{"name":"nut","value":["true"]}]}}}')
    const asked = { method: 'PUT', body, contentType: 'application/json' }
    const acts = { authentication: { actsWhenRefused: () => true } }
    const nut = (trial: AuthenticationTrial) =>
      trial.store.mailboxes.get(OWNER)?.subscriber.profile.get('nut')
    const [right, wrong] = [new AuthenticationTrial(), new AuthenticationTrial(acts)]
    expect(right.ask(undefined, asked).kind).toBe('no-credentials')
    expect(wrong.ask(undefined, asked).kind).toBe('no-credentials')
    expect([nut(right), nut(wrong)]).toEqual(['false', 'true'])
  })
})
