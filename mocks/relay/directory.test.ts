import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { jsonOf } from '../../tests/relay-keys.ts'
import {
  ALICE,
  attributesOf,
  authorizationOf,
  BOB,
  CAROL,
  jsonBody,
  UNREGISTERED,
  textBody,
  Trial,
} from '../../tests/relay-trial.ts'
import { deployed } from './dialects.ts'
import type { RawBody } from './requests.ts'

function query(trial: Trial, body: RawBody, authorization: string | undefined = authorizationOf(ALICE)) {
  return trial.decide({ kind: 'query-directory', target: '', authorization, body }).outcome
}

function find(trial: Trial, contacts: readonly unknown[]): unknown {
  return jsonOf(query(trial, jsonBody({ contacts })))
}

describe('the directory', () => {
  // Computed with other tools (coreutils sha1sum, base64).
  it.each([
    ['+14152222222', 'BQVVHxMt5zAFXA'],
    [ALICE, 'Bp4XXivfryd55A'],
    [CAROL, 'j5ogHN/z+cgd9w'],
  ])('lists %s under %s', (number, token) => {
    const trial = new Trial().register(ALICE, number)
    expect(find(trial, [token])).toEqual({ contacts: [{ token }] })
  })

  it.each([
    ['the number without its plus', '2T4QoRJvFoK+HQ'],
    ['a number that is not registered', directoryToken(UNREGISTERED)],
  ])('lists no contact under the token of %s', (_case, token) => {
    const trial = new Trial().register(ALICE, '+14152222222')
    expect(find(trial, [token])).toEqual({ contacts: [] })
  })

  it('describes each contact by its own attributes', () => {
    const trial = new Trial().register(ALICE, BOB)
    trial.requestCode(CAROL)
    trial.confirm(CAROL, { body: jsonBody({ ...attributesOf(CAROL), supportsSms: true }) })
    trial.setPushId(CAROL, 'apn:carol')
    const [bob, carol] = [directoryToken(BOB), directoryToken(CAROL)]
    expect(find(trial, [bob, directoryToken(UNREGISTERED), carol, bob])).toEqual({
      contacts: [{ token: bob }, { token: carol, supportsSms: true }, { token: bob }],
    })
    expect(find(trial, [])).toEqual({ contacts: [] })
  })

  it('lists a number only while it can be reached', () => {
    const trial = new Trial().register(ALICE, BOB)
    const contacts = [directoryToken(BOB)]
    trial.removePushId(BOB, 'gcm')
    expect(find(trial, contacts)).toEqual({ contacts: [] })
    trial.setPushId(BOB, 'apn:back')
    expect(find(trial, contacts)).toEqual({ contacts: [{ token: directoryToken(BOB) }] })
  })

  it.each([
    '!!!!!!!!!!!!!!',
    'BQVVHxMt5zAF-_',
    'a',
    '',
    'BQVVHxMt5zAF',
    'BQVVHxMt5zAFXAAA',
    'BQVVHxMt5zAFXA==',
    ' BQVVHxMt5zAFXA',
  ])('refuses a query with the token "%s" as a whole', (token) => {
    const trial = new Trial().register(ALICE, BOB)
    const outcome = query(trial, jsonBody({ contacts: [directoryToken(BOB), token] }))
    expect(['bad-token', 'short-token']).toContain(outcome.kind)
    expect(outcome.content).toEqual({ kind: 'none' })
  })

  it('takes every token that a number can have, and no other text', () => {
    const trial = new Trial().register(ALICE)
    fc.assert(
      fc.property(fc.bigInt(10n ** 9n, 10n ** 15n - 1n), (digits) => {
        expect(query(trial, jsonBody({ contacts: [directoryToken(`+${digits}`)] })).kind).toBe('answered')
      }),
    )
    fc.assert(
      fc.property(
        fc.string().filter((text) => text.length !== 14),
        (text) => {
          expect(query(trial, jsonBody({ contacts: [text] })).kind).not.toBe('answered')
        },
      ),
    )
  })

  it.each([
    ['{"contacts":[', 'malformed-body'],
    ['{}', 'incomplete-body'],
    ['{"contacts":null}', 'incomplete-body'],
    ['{"contacts":"x"}', 'mistyped-body'],
    ['[]', 'mistyped-body'],
    ['', 'empty-body'],
    ['{"contacts":[1]}', 'mistyped-body'],
    ['{"contacts":[null]}', 'mistyped-body'],
    ['{"contacts":[{}]}', 'mistyped-body'],
  ])('refuses the body %s', (text, kind) => {
    expect(query(new Trial().register(ALICE), textBody(text)).kind).toBe(kind)
  })

  it('refuses unauthenticated callers, whatever the body', () => {
    const trial = new Trial().register(ALICE, BOB)
    const wrong = authorizationOf(ALICE, 'wrong')
    expect(query(trial, jsonBody({ contacts: [directoryToken(BOB)] }), wrong).kind).toBe('wrong-password')
    expect(query(trial, textBody('{'), wrong).kind).toBe('wrong-password')
    expect(query(trial, jsonBody({ contacts: ['!'] }), wrong).kind).toBe('wrong-password')
  })

  it('charges a token of its limiter for each token of a query, and nothing for one too many', () => {
    const trial = new Trial({ limits: { figures: { contacts: { burst: 3, refillMs: 1000 } } } })
    trial.register(ALICE)
    const token = directoryToken(BOB)
    const asking = (tokens: number) => query(trial, jsonBody({ contacts: Array(tokens).fill(token) })).kind
    expect([asking(4), asking(2), asking(2), asking(1), asking(1)]).toEqual([
      ...['limited', 'answered', 'limited', 'answered', 'limited'],
    ])
  })
})

describe('the directory as deployed relays have it', () => {
  it('refuses only what is outside the alphabet, and breaks over some', () => {
    const trial = new Trial(deployed).register(ALICE, BOB)
    const token = directoryToken(BOB)
    expect(find(trial, [`${token}==`, token, 'BQVVHxMt5zAF', '', 1])).toEqual({
      contacts: [{ token }, { token }],
    })
    expect(query(trial, jsonBody({ contacts: ['BQVVHxMt5zAF-_'] })).kind).toBe('bad-token')
    expect(query(trial, jsonBody({ contacts: ['a'] })).kind).toBe('short-token')
    expect(query(trial, jsonBody({ contacts: [null] })).kind).toBe('null-token')
    expect(query(trial, jsonBody({ contacts: [{}] })).kind).toBe('mistyped-body')
  })
})
