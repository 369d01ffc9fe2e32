import { expect, it } from 'vitest'
import { toHex, utf8 } from '#protocol/bytes.ts'
import { answerChallenge } from '#protocol/gba/aka.ts'
import { parseAkaNonce } from '#protocol/gba/aka-digest.ts'
import { amf } from '#protocol/gba/milenage.ts'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { patch } from '#mocks/engine/patch.ts'
import { ask, CARD, digest, hello, IMPI, response, type Seen } from '../../tests/bsf-client.ts'
import { Bsf } from './bsf.ts'
import { documentedBsf, type BsfRules, type BsfRulesPatch } from './rulebook.ts'

/** RES as a card makes it of a nonce; no bytes where it cannot read or will not take it. */
function resOf(nonce: string): Uint8Array {
  const read = parseAkaNonce(nonce)
  const answer = read.kind === 'parse-error' ? null : answerChallenge(CARD, read)
  return answer?.kind === 'accepted' ? answer.res : new Uint8Array()
}

/** A right exchange and a wrong one, as a client sees them. */
function transcript(rules: BsfRules): readonly Seen[] {
  const { bytes, int } = seededRandom('7')
  const world = { nowMs: () => 1_800_000_000_000, randomBytes: bytes, randomInt: int }
  const bsf = new Bsf({ world, rules: () => rules })
  bsf.add({ ...CARD, impi: IMPI })
  const exchange = (wrong: Readonly<Record<string, string>>): readonly Seen[] => {
    const challenged = ask(bsf, hello())
    const challenge = parseChallenge(challenged.headers['www-authenticate'] ?? '')
    if (challenge.kind === 'parse-error') throw new Error(challenge.reason)
    const { qop } = challenge
    const right = { ...response(challenge, resOf(challenge.nonce)), qop: qop ?? '' }
    return [challenged, ask(bsf, digest({ ...right, ...wrong }))]
  }
  return [...exchange({}), ...exchange({ response: '0'.repeat(32) })]
}

const choices: readonly (readonly [string, BsfRulesPatch])[] = [
  ['a status', { status: { bootstrapped: 201 } }],
  ['the algorithm', { algorithm: 'MD5' }],
  ['the qop', { qop: 'auth' }],
  ['the realm', { realm: (fqdn) => `other.${fqdn}` }],
  ['the nonce', { nonce: ({ rand }) => toHex(rand) }],
  ['the management field', { amf: amf(Uint8Array.of(0xb9, 0xb9)) }],
  ['the next sequence number', { nextSqn: (last) => last + 32 }],
  ['the password', { password: (res) => utf8(toHex(res)) }],
  ['what is taken for the response', { isResponse: () => true }],
  ['the B-TID', { btid: (rand) => toHex(rand) }],
  ['the lifetime', { lifetimeMs: 1000 }],
  ['the type of the answer', { infoType: 'text/xml' }],
  ['the answer', { info: () => '<BootstrappingInfo/>' }],
  ['the proof of the server', { authenticationInfo: () => null }],
]

it.each(choices)('%s is as the rulebook says, and a patch to it shows', (_choice, patched) => {
  expect(transcript(patch(documentedBsf, patched))).not.toEqual(transcript(documentedBsf))
})

it('has no choice that was not tried', () => {
  const tried = choices.flatMap(([, patched]) => Object.keys(patched))
  expect(tried.toSorted()).toEqual(Object.keys(documentedBsf).toSorted())
})

it('asks for the rules of the subscriber that asks', () => {
  const { bytes, int } = seededRandom('7')
  const asked: (string | undefined)[] = []
  const world = { nowMs: () => 0, randomBytes: bytes, randomInt: int }
  const rules = (number: string | undefined): BsfRules => {
    asked.push(number)
    return documentedBsf
  }
  const bsf = new Bsf({ world, rules })
  bsf.add({ ...CARD, impi: IMPI, number: '+1' })
  ask(bsf, hello())
  ask(bsf)
  expect(asked).toEqual(['+1', undefined])
})
