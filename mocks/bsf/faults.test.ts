import { expect, it } from 'vitest'
import { answerChallenge } from '#protocol/gba/aka.ts'
import { parseAkaNonce } from '#protocol/gba/aka-digest.ts'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { patch } from '#mocks/rules/patch.ts'
import { ask, CARD, digest, hello, IMPI, response, type Seen } from '../../tests/bsf-client.ts'
import { Bsf } from './bsf.ts'
import { BSF_FAULTS } from './faults.ts'
import { documentedBsf, type BsfRules } from './rulebook.ts'

/** What a card makes of the vector of a challenge, from the server's own books where the nonce is unreadable. */
function resOf(nonce: string): Uint8Array {
  const read = parseAkaNonce(nonce)
  const answer = read.kind === 'fault' ? null : answerChallenge(CARD, read)
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
    if (challenge.kind === 'fault') throw new Error(challenge.reason)
    const { qop } = challenge
    const right = { ...response(challenge, resOf(challenge.nonce)), qop: qop ?? '' }
    return [challenged, ask(bsf, digest({ ...right, ...wrong }))]
  }
  return [...exchange({}), ...exchange({ response: '0'.repeat(32) })]
}

it.each(BSF_FAULTS)('$id shows', (fault) => {
  expect(transcript(patch(documentedBsf, fault.patch))).not.toEqual(transcript(documentedBsf))
})

it('has each fault once, named for a requirement of bootstrapping', () => {
  const ids = BSF_FAULTS.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  for (const id of ids) expect(id).toMatch(/^MSTORE-GBA-\d\d\/[a-z0-9-]+$/)
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
