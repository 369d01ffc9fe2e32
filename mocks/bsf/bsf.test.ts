import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paramValue, parseAuthParams } from '#protocol/auth-params.ts'
import { fromHex, toHex, utf8 } from '#protocol/bytes.ts'
import { answerChallenge, GREATEST_SQN, sqnNumber } from '#protocol/gba/aka.ts'
import { akaResponseAuth } from '#protocol/gba/aka-digest.ts'
import { parseBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import { parseBTid } from '#protocol/gba/b-tid.ts'
import { rightKey } from '#protocol/gba/candidate-keys.ts'
import { amf, opc, sqn, subscriberKey } from '#protocol/gba/milenage.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { virtualClock } from '#mocks/edge/clock.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import {
  ask,
  CARD,
  cardAnswer,
  challengeOf,
  digest,
  hello,
  IMPI,
  response,
  type Seen,
} from '../../tests/bsf-client.ts'
import { Bsf, BSF_FQDN } from './bsf.ts'

const NOW = 1_800_000_000_000
const NUMBER = '+15555558264'

function started(seed = '7') {
  const random = seededRandom(seed)
  const clock = virtualClock(() => NOW)
  const world = { nowMs: clock.nowMs, randomBytes: random.bytes, randomInt: random.int }
  const bsf = new Bsf({ world })
  bsf.add({ ...CARD, impi: IMPI, number: NUMBER })
  return { bsf, clock }
}

/** The whole exchange, with a card that accepted `sqn` last. */
function bootstrapped(bsf: Bsf, card = CARD): Seen {
  return ask(bsf, cardAnswer(card, ask(bsf, hello())) ?? '')
}

describe('a challenge', () => {
  it('holds RAND and an AUTN that the card accepts, under the next sequence number', () => {
    const { bsf } = started()
    const seen = ask(bsf, hello())
    expect(seen.status).toBe(401)
    const { challenge, nonce } = challengeOf(seen)
    expect(nonce.serverData).toHaveLength(0)
    expect(answerChallenge(CARD, nonce)).toMatchObject({ kind: 'accepted', sqn: CARD.sqn + 1 })
    expect(seen.headers['www-authenticate']).toBe(
      `Digest realm="${BSF_FQDN}", nonce="${challenge.nonce}", algorithm=AKAv1-MD5, qop="auth-int", opaque="${challenge.opaque ?? ''}"`,
    )
  })

  it('is another one each time', () => {
    const { bsf } = started()
    const nonces = Array.from({ length: 20 }, () => challengeOf(ask(bsf, hello())).challenge.nonce)
    expect(new Set(nonces).size).toBe(20)
  })

  it('is the same for the same seed', () => {
    expect(ask(started('a').bsf, hello())).toEqual(ask(started('a').bsf, hello()))
    expect(ask(started('a').bsf, hello())).not.toEqual(ask(started('b').bsf, hello()))
  })

  it('goes to no client that does not name itself', () => {
    expect(ask(started().bsf)).toMatchObject({
      status: 401,
      headers: {
        'www-authenticate': `Digest realm="${BSF_FQDN}", nonce="", algorithm=AKAv1-MD5, qop="auth-int"`,
      },
    })
  })
})

describe('what is no bootstrap', () => {
  it.each([
    ['an unknown private identity', hello('x@y'), {}, 403],
    ['another scheme', 'Basic eDp5', {}, 400],
    ['no username', 'Digest realm="x"', {}, 400],
    ['no parameters at all', '"', {}, 400],
    ['another path', hello(), { target: '/x' }, 404],
    ['another method', hello(), { method: 'POST' }, 405],
  ])('%s', (...[, authorization, over, status]) => {
    const seen = ask(started().bsf, authorization, over)
    expect(seen.status).toBe(status)
    expect(seen.headers).not.toHaveProperty('www-authenticate')
  })
})

describe('a right answer', () => {
  it('gets the B-TID, until when it is valid, and the proof that the server knows RES too', () => {
    const { bsf } = started()
    const challenged = ask(bsf, hello())
    const { challenge, nonce } = challengeOf(challenged)
    const { status, headers, text } = ask(bsf, cardAnswer(CARD, challenged) ?? '')
    expect([status, headers['content-type']]).toEqual([200, 'application/vnd.3gpp.bsf+xml'])
    const info = parseBootstrappingInfo(text)
    expect(info).toMatchObject({ kind: 'bootstrapping-info', expiresAt: NOW + 3_600_000 })
    const btid = 'btid' in info ? info.btid : ''
    expect(parseBTid(btid)).toEqual({ kind: 'b-tid', rand: nonce.rand, bsf: BSF_FQDN })
    const proof = parseAuthParams(headers['authentication-info'] ?? '')
    const card = answerChallenge(CARD, nonce)
    const rspauth = akaResponseAuth({
      ...response(challenge, new Uint8Array()),
      ...{ username: IMPI, realm: BSF_FQDN, nonce: challenge.nonce, uri: '/', nc: '00000001' },
      ...{ cnonce: '0a4f113b', res: 'res' in card ? card.res : new Uint8Array(), body: utf8(text) },
    })
    expect('params' in proof && paramValue(proof.params, 'rspauth')).toBe(rspauth)
  })

  it('leaves behind the keys that the card has', () => {
    const { bsf } = started()
    const challenged = ask(bsf, hello())
    const card = answerChallenge(CARD, challengeOf(challenged).nonce)
    ask(bsf, cardAnswer(CARD, challenged) ?? '')
    const [made] = bsf.bootstraps(IMPI)
    expect(made).toMatchObject({ impi: IMPI, number: NUMBER, at: NOW, inside: false })
    expect(made).toMatchObject({ ck: 'ck' in card ? card.ck : null, ik: 'ik' in card ? card.ik : null })
    expect(bsf.lookup(made?.btid ?? '')).toBe(made)
    expect(bsf.bootstraps('another')).toEqual([])
    expect(bsf.lookup('x@y')).toBeUndefined()
  })

  it('is taken once', () => {
    const { bsf } = started()
    const authorization = cardAnswer(CARD, ask(bsf, hello())) ?? ''
    expect(ask(bsf, authorization).status).toBe(200)
    expect(ask(bsf, authorization)).toMatchObject({
      status: 401,
      notes: ['bootstrap: wrong-response', expect.stringContaining('nonce')],
    })
    expect(bsf.bootstraps()).toHaveLength(1)
  })

  it('holds as long as is set for the subscriber, on a clock of the subscriber', () => {
    const { bsf, clock } = started()
    bsf.configure(null, { lifetimeMs: 5000 })
    bootstrapped(bsf)
    bsf.configure(IMPI, { lifetimeMs: 1000 })
    clock.advance(100, NUMBER)
    bootstrapped(bsf)
    expect(bsf.bootstraps().map(({ expiresAt }) => expiresAt - NOW)).toEqual([5000, 1100])
  })
})

describe('a wrong answer', () => {
  const wrong: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ['another response', { response: '0'.repeat(32) }, /of RES, got another/],
    ['another nonce', { nonce: 'x' }, /nonce/],
    ['another realm', { realm: 'x' }, /realm: expected bsf\.touchstone\.test, got "x"/],
    ['another qop', { qop: 'auth' }, /qop: expected auth-int, got "auth"/],
    ['another algorithm', { algorithm: 'MD5' }, /algorithm: expected AKAv1-MD5, got "MD5"/],
    ['another uri', { uri: '/x' }, /uri: expected \/, got "\/x"/],
    ['another opaque', { opaque: 'x' }, /opaque/],
    ['an nc that is none', { nc: '1' }, /nc: expected eight/],
    ['no cnonce', { cnonce: '' }, /cnonce/],
  ]
  it.each(wrong)('is %s: it gets a new challenge, and the journal the reason', (_case, over, reason) => {
    const { bsf } = started()
    const challenged = ask(bsf, hello())
    const { challenge, nonce } = challengeOf(challenged)
    const card = answerChallenge(CARD, nonce)
    const right = response(challenge, 'res' in card ? card.res : new Uint8Array())
    const seen = ask(bsf, digest({ ...right, ...over }))
    expect(seen.status).toBe(401)
    expect(challengeOf(seen).nonce.rand).not.toEqual(nonce.rand)
    expect(seen.notes[1]).toMatch(reason)
    expect(bsf.bootstraps()).toEqual([])
  })

  it('closes the challenge: a right one comes too late', () => {
    const { bsf } = started()
    const challenged = ask(bsf, hello())
    const right = cardAnswer(CARD, challenged) ?? ''
    ask(bsf, right.replace(/response="[^"]*"/, `response="${'0'.repeat(32)}"`))
    expect(ask(bsf, right).notes[1]).toContain('open challenge')
  })

  it('is that of RES in hexadecimal, and is named so', () => {
    const { bsf } = started()
    const { challenge, nonce } = challengeOf(ask(bsf, hello()))
    const card = answerChallenge(CARD, nonce)
    const res = utf8('res' in card ? toHex(card.res) : '')
    expect(ask(bsf, digest(response(challenge, res))).notes[1]).toContain('RES in hexadecimal')
  })

  it('is the right one of another subscriber', () => {
    const { bsf } = started()
    bsf.add({ ...CARD, impi: 'other@x' })
    const seen = ask(bsf, cardAnswer(CARD, ask(bsf, hello('other@x'))) ?? '')
    expect(seen.notes[1]).toContain('to this subscriber')
  })
})

describe('resynchronisation', () => {
  const ahead = { ...CARD, sqn: 5000 }

  it('takes the number of the card, and challenges above it', () => {
    const { bsf } = started()
    const auts = cardAnswer(ahead, ask(bsf, hello())) ?? ''
    const again = ask(bsf, auts)
    expect(again).toMatchObject({ status: 401, notes: ['bootstrap: resynchronised'] })
    expect(answerChallenge(ahead, challengeOf(again).nonce)).toMatchObject({ kind: 'accepted', sqn: 5001 })
    expect(ask(bsf, cardAnswer(ahead, again) ?? '').status).toBe(200)
    expect(bsf.subscriber(IMPI)?.sqn).toBe(5001)
  })

  it('begins anew where the card has accepted the last number that there is', () => {
    const { bsf } = started()
    const last = { ...CARD, sqn: GREATEST_SQN }
    const again = ask(bsf, cardAnswer(last, ask(bsf, hello())) ?? '')
    expect(again.status).toBe(401)
    expect(answerChallenge(last, challengeOf(again).nonce)).toMatchObject({ kind: 'out-of-range', sqn: 0 })
  })

  it.each([
    ['no Base64', { auts: '!' }],
    ['of another length', { auts: 'AAAA' }],
    ['with another MAC', { auts: 'AAAAAAAAAAAAAAAAAAA=' }],
    ['with another password than none', { response: '0'.repeat(32) }],
    ['to a challenge that is not open', { nonce: 'x' }],
  ])('is refused where the auts is %s', (_case, over) => {
    const { bsf } = started()
    const challenged = ask(bsf, hello())
    const said = (cardAnswer(ahead, challenged) ?? '').replace(/(\w+)="([^"]*)"/g, (whole, name: string) =>
      name in over ? `${name}="${String(over[name as keyof typeof over])}"` : whole,
    )
    expect(ask(bsf, said)).toMatchObject({ status: 401, notes: ['bootstrap: bad-resynchronisation', /./] })
    expect(bsf.subscriber(IMPI)?.sqn).toBe(CARD.sqn + 2)
  })
})

describe('a fault that is set', () => {
  it('turns the MAC, for as many challenges as were said', () => {
    const { bsf } = started()
    bsf.configure(IMPI, { fault: 'wrong-mac', next: 2 })
    const made = [1, 2, 3].map(() => answerChallenge(CARD, challengeOf(ask(bsf, hello())).nonce).kind)
    expect(made).toEqual(['mac-mismatch', 'mac-mismatch', 'accepted'])
  })

  it('is there for good where no number of challenges is said', () => {
    const { bsf } = started()
    bsf.configure(IMPI, { fault: 'old-sqn', next: 1 })
    bsf.configure(IMPI, { fault: 'wrong-mac' })
    const made = [1, 2, 3].map(() => answerChallenge(CARD, challengeOf(ask(bsf, hello())).nonce).kind)
    expect(made).toEqual(['mac-mismatch', 'mac-mismatch', 'mac-mismatch'])
  })

  it('replays a sequence number, and heals by resynchronisation', () => {
    const { bsf } = started()
    bsf.configure(null, { fault: 'old-sqn', next: 1 })
    const challenged = ask(bsf, hello())
    expect(answerChallenge(CARD, challengeOf(challenged).nonce).kind).toBe('out-of-range')
    const again = ask(bsf, cardAnswer(CARD, challenged) ?? '')
    expect(ask(bsf, cardAnswer(CARD, again) ?? '').status).toBe(200)
  })

  it('is for one subscriber, or for all but those with settings of their own, until it is taken away', () => {
    const { bsf } = started()
    bsf.add({ ...CARD, impi: 'other@x' })
    const kind = (impi: string) => answerChallenge(CARD, challengeOf(ask(bsf, hello(impi))).nonce).kind
    bsf.configure('other@x', { fault: 'wrong-mac' })
    expect([kind(IMPI), kind('other@x'), kind('other@x')]).toEqual([
      'accepted',
      'mac-mismatch',
      'mac-mismatch',
    ])
    bsf.configure(null, { fault: 'wrong-mac' })
    bsf.configure('other@x', { fault: null })
    expect([kind(IMPI), kind('other@x')]).toEqual(['mac-mismatch', 'accepted'])
    bsf.configure(null, { fault: null })
    expect(kind(IMPI)).toBe('accepted')
  })
})

describe('a bootstrap inside', () => {
  it('gives keys without a card, which takes challenges as before', () => {
    const { bsf } = started()
    const made = bsf.bootstrapInside(IMPI, 1500)
    expect(made).toMatchObject({ impi: IMPI, inside: true, expiresAt: NOW + 1500 })
    expect(bsf.lookup(made.btid)).toBe(made)
    expect(bsf.subscriber(IMPI)?.sqn).toBe(CARD.sqn + 1)
    expect(bootstrapped(bsf).status).toBe(200)
    expect(bsf.bootstraps(IMPI).map(({ inside }) => inside)).toEqual([true, false])
  })

  it('is of a subscriber that is known', () => {
    expect(() => started().bsf.bootstrapInside('x@y')).toThrow(RangeError)
  })
})

describe('the state', () => {
  it('is forgotten whole', () => {
    const { bsf } = started()
    const { btid } = bsf.bootstrapInside(IMPI)
    bsf.configure(null, { fault: 'wrong-mac' })
    bsf.reset()
    expect([bsf.lookup(btid), bsf.bootstraps(), ask(bsf, hello()).status]).toEqual([undefined, [], 403])
    bsf.add({ ...CARD, impi: IMPI })
    expect(bootstrapped(bsf).status).toBe(200)
  })

  it('is bounded, the oldest first', () => {
    const { bsf } = started()
    const first = bsf.bootstrapInside(IMPI)
    for (let count = 0; count < 10_000; count++) bsf.bootstrapInside(IMPI)
    expect([bsf.lookup(first.btid), bsf.bootstraps().length]).toEqual([undefined, 10_000])
  })

  property.prop([
    fc.array(fc.constantFrom('hello', 'answer', 'stale', 'inside'), { maxLength: 30 }),
    fc.string(),
  ])('never shows a card the same number twice, whatever is asked', (asked, seed) => {
    const { bsf } = started(seed)
    const numbers: number[] = []
    let card = CARD
    let last = ask(bsf, hello())
    for (const what of asked) {
      const answer = answerChallenge(card, challengeOf(last).nonce)
      if (what === 'answer' && answer.kind === 'accepted') {
        expect(ask(bsf, cardAnswer(card, last) ?? '').status).toBe(200)
        card = { ...card, sqn: answer.sqn }
        numbers.push(answer.sqn)
      }
      if (what === 'stale')
        expect(ask(bsf, digest({ username: IMPI, nonce: 'x', response: 'x' })).status).toBe(401)
      if (what === 'inside') bsf.bootstrapInside(IMPI)
      last = ask(bsf, hello())
    }
    expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other))
  })
})

const vectors = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'fixtures/vectors/gba.json'), 'utf8')) as Vectors

interface Vectors {
  readonly milenage: readonly Readonly<
    Record<'k' | 'opc' | 'rand' | 'sqn' | 'amf', string> & { set: number }
  >[]
  readonly keys: readonly {
    readonly set: number
    readonly impi: string
    readonly host: string
    readonly bsf: string
    readonly ks: string
    readonly ksNaf: string
    readonly bTid: string
  }[]
  readonly akaDigest: Readonly<Record<'nonce' | 'cnonce' | 'response' | 'rspauth', string>>
  readonly bootstrappingInfo: { readonly expiresAt: number; readonly xml: string }
  readonly resynchronisation: Readonly<Record<'sqn' | 'text' | 'response', string>>
}

/** A server whose next challenge is that of a test set; its number is the one after `last`. */
function ofSet(set: number) {
  const milenage = vectors.milenage.find((one) => one.set === set)
  const key = vectors.keys.find((one) => one.set === set)
  if (milenage === undefined || key === undefined) throw new Error(`no test set ${set}`)
  const number = sqnNumber(sqn(fromHex(milenage.sqn)))
  const card = { k: subscriberKey(fromHex(milenage.k)), opc: opc(fromHex(milenage.opc)), sqn: number - 1 }
  const world = {
    nowMs: () => vectors.bootstrappingInfo.expiresAt - 3_600_000,
    randomBytes: (length: number) => fromHex(milenage.rand).slice(0, length),
    randomInt: () => 0,
  }
  const bsf = new Bsf({ world, fqdn: key.bsf })
  bsf.add({ ...card, impi: key.impi, amf: amf(fromHex(milenage.amf)) })
  return { bsf, card, key }
}

describe('the vectors, end to end', () => {
  it.each([1, 19])('give the keys of test set %i', (set) => {
    const { bsf, card, key } = ofSet(set)
    expect(ask(bsf, cardAnswer(card, ask(bsf, hello())) ?? '').status).toBe(200)
    const made = bsf.lookup(key.bTid)
    expect(made).toMatchObject({ impi: key.impi, ks: fromHex(key.ks) })
    expect(made && toHex(rightKey({ ...made, host: key.host }))).toBe(key.ksNaf)
  })

  it('give the very bytes of the exchange', () => {
    const { bsf, card } = ofSet(1)
    const { nonce, cnonce, response: expected, rspauth } = vectors.akaDigest
    const challenged = ask(bsf, hello())
    expect(challengeOf(challenged).challenge.nonce).toBe(nonce)
    const authorization = cardAnswer(card, challenged) ?? ''
    expect(authorization).toContain(`response="${expected}"`)
    const { text, headers } = ask(bsf, authorization)
    expect(text).toBe(vectors.bootstrappingInfo.xml)
    expect(headers['authentication-info']).toBe(
      `qop=auth-int, rspauth="${rspauth}", cnonce="${cnonce}", nc=00000001`,
    )
  })

  it('give the resynchronisation', () => {
    const { bsf, card } = ofSet(1)
    const vector = vectors.resynchronisation
    const number = sqnNumber(sqn(fromHex(vector.sqn)))
    const said = cardAnswer({ ...card, sqn: number }, ask(bsf, hello())) ?? ''
    expect(said).toContain(`auts="${vector.text}"`)
    expect(said).toContain(`response="${vector.response}"`)
    expect(ask(bsf, said).notes).toEqual(['bootstrap: resynchronised'])
    expect(bsf.subscriber(IMPI)?.sqn).toBe(number + 1)
  })
})
