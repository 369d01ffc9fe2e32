import { describe, expect, it } from 'vitest'
import { jsonOf } from '../../tests/relay-keys.ts'
import { ALICE, authorizationOf, BOB, Trial } from '../../tests/relay-trial.ts'
import { deployed } from './dialects.ts'
import type { RelayRulebookPatch } from './rulebook.ts'

const origin = 'http://relay.example:1'

function allocate(trial: Trial, authorization = authorizationOf(ALICE)) {
  return trial.decide({ kind: 'allocate-attachment', target: '', authorization, origin }).outcome
}

function allocated(trial: Trial) {
  return jsonOf(allocate(trial)) as { readonly id: string; readonly location: string }
}

function retrieve(trial: Trial, id: string, authorization = authorizationOf(BOB)) {
  return trial.decide({ kind: 'retrieve-attachment', target: '', authorization, id, origin }).outcome
}

const wrong = authorizationOf(ALICE, 'wrong')

describe('an attachment', () => {
  it('has an id that no double holds, and a location that cannot be guessed', () => {
    const trial = new Trial().register(ALICE)
    const many = Array.from({ length: 20 }, () => allocated(trial))
    expect(new Set(many.map(({ id }) => id)).size).toBe(20)
    expect(new Set(many.map(({ location }) => location)).size).toBe(20)
    for (const { id, location } of many) {
      expect(BigInt(id)).toBeGreaterThan(2n ** 62n)
      expect(BigInt(id)).toBeLessThan(2n ** 63n)
      expect(BigInt(Number(id))).not.toBe(BigInt(id))
      expect(location).toMatch(/^http:\/\/relay\.example:1\/blobs\/[0-9a-f]{32}$/)
    }
  })

  it('is found by its id, by anybody who is registered', () => {
    const trial = new Trial().register(ALICE, BOB)
    const [first, second] = [allocated(trial), allocated(trial)]
    expect(jsonOf(retrieve(trial, first.id))).toEqual({ location: first.location })
    expect(jsonOf(retrieve(trial, second.id, authorizationOf(ALICE)))).toEqual({ location: second.location })
  })

  it.each([
    ['4611686018427387905', 'unknown-attachment'],
    ['1', 'unknown-attachment'],
    ['abc', 'malformed-id'],
    ['-1', 'malformed-id'],
    ['1e3', 'malformed-id'],
    ['123456789012345678901', 'malformed-id'],
  ])('is not found under %s', (id, kind) => {
    expect(retrieve(new Trial().register(BOB), id).kind).toBe(kind)
  })

  it('is neither given nor found with a wrong password', () => {
    const trial = new Trial().register(ALICE, BOB)
    const { id } = allocated(trial)
    expect(allocate(trial, wrong).kind).toBe('wrong-password')
    expect([retrieve(trial, id, wrong).kind, retrieve(trial, 'abc', wrong).kind]).toEqual([
      ...['wrong-password', 'wrong-password'],
    ])
  })

  it('is limited when it is allocated and when it is retrieved, each for itself', () => {
    const figures = { burst: 2, refillMs: 1000 }
    const rules: RelayRulebookPatch = { limits: { figures: { attachments: figures, retrievals: figures } } }
    const trial = new Trial(rules).register(ALICE, BOB)
    const { id } = allocated(trial)
    expect([allocate(trial).kind, allocate(trial).kind]).toEqual(['allocated', 'limited'])
    expect([1, 2, 3].map(() => retrieve(trial, id).kind)).toEqual(['located', 'located', 'limited'])
    expect(retrieve(trial, id, authorizationOf(ALICE)).kind).toBe('located')
    trial.clock.advance(1000, ALICE)
    expect([allocate(trial).kind, retrieve(trial, id).kind]).toEqual(['allocated', 'limited'])
  })
})

describe('an attachment of deployed relays', () => {
  it('has a number for an id, digit by digit', () => {
    const trial = new Trial(deployed).register(ALICE, BOB)
    const { content } = allocate(trial)
    const id = trial.store.blobs.latest?.id ?? ''
    expect(content).toMatchObject({ type: 'application/json', text: expect.stringContaining(`{"id":${id},`) })
    expect(retrieve(trial, id).kind).toBe('located')
  })

  it('has a location even where it was never allocated, and is not limited when it is retrieved', () => {
    const trial = new Trial(deployed).register(BOB)
    const kinds = Array.from({ length: 60 }, () => retrieve(trial, '5').kind)
    expect(new Set(kinds)).toEqual(new Set(['located']))
    expect(retrieve(trial, 'abc').kind).toBe('malformed-id')
  })
})
