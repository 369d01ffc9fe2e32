import { describe, expect, test } from 'vitest'
import { judge } from '#verdict/judge.ts'
import {
  exchange,
  goodStep,
  messageStream,
  requirements,
  runRecord,
} from '../../tests/golden/message-stream.ts'
import { observationsOf, observationText, remarkable } from './observations.ts'

const ID = 'RELAY-KEYS-14'
const OTHER = 'RELAY-KEYS-15'

/** A scenario by that name, and what it found. */
interface Found {
  readonly name: string
  readonly texts: readonly string[]
  readonly id?: string
  readonly durationMs?: number
}

function observed(...found: readonly Found[]) {
  const scripted = found.map(({ name, texts, id = ID, durationMs = 3 }, index) => ({
    line: index + 3,
    name,
    tags: [id],
    attempts: [
      [
        goodStep(id),
        {
          evidence: {
            exchanges: [exchange({ id: `seen-${index}`, durationMs })],
            findings: texts.map((text) => ({ requirement: id, text, exchange: `seen-${index}` })),
          },
        },
      ],
    ],
  }))
  const verdicts = judge(
    messageStream(scripted),
    runRecord(scripted),
    requirements({ id: ID, level: 'MAY' }, { id: OTHER }),
  )
  return observationsOf(verdicts)
}

function texts(...found: readonly Found[]): readonly string[] {
  return observed(...found).map((one) => observationText(one))
}

const UPLOAD = 'PUT /v1/keys/ answered'

describe('an observation says in words what was sent and what came of it', () => {
  test.each([
    ['reports what becomes of a prekey without an id', '204', 'A prekey without an id: taken, 204'],
    ['reports what becomes of the id -1', '415', 'The id -1: refused, 415'],
    [
      'reports whether the scheme may be in lower case',
      '200',
      'Whether the scheme may be in lower case: yes, 200',
    ],
    ['reports whether a flag can be set', '403', 'Whether a flag can be set: no, 403'],
    ['reports whether a or b is looked at first', '403', 'Whether a or b is looked at first: answered 403'],
    ['takes a voicemail', '201', 'Takes a voicemail: answered 201'],
    ['reports what becomes of registrationId', '200', 'registrationId: taken, 200'],
    ['reports what becomes of a "\u001b"', '200', 'A "\\u{1b}": taken, 200'],
  ])('%s, %s', (name, status, said) => {
    expect(texts({ name, texts: [`${UPLOAD} ${status}`] })).toEqual([said])
  })

  test('and after how long where it is an error of the server', () => {
    const name = 'reports what becomes of an unlisted User-Agent'
    const gateway = (durationMs: number) => ({ name, texts: [`${UPLOAD} 504`], durationMs })
    expect(texts(gateway(60.4))).toEqual(['An unlisted User-Agent: answered 504 after 60 ms'])
    expect(texts(gateway(71), gateway(60.4))).toEqual([
      'An unlisted User-Agent: answered 504 after 60 to 71 ms (2 times)',
    ])
  })

  test('or just what was noted', () => {
    expect(texts({ name: 'reports which HMAC it is', texts: ['the MAC is HMAC-SHA1'] })).toEqual([
      'The MAC is HMAC-SHA1',
    ])
  })
})

describe('alike findings are one', () => {
  const ids = ['the id -1', 'the id 1.5', 'the id "abc"']
  const refused = ids.map((id) => ({ name: `reports what becomes of ${id}`, texts: [`${UPLOAD} 415`] }))

  test('with a count, and the subjects that there is room for', () => {
    const [one] = observed(...refused)
    expect(one && observationText(one)).toBe('The id -1; the id 1.5; the id "abc": refused, 415 (3 times)')
    expect(one && observationText(one, 1)).toBe('The id -1; 2 more: refused, 415 (3 times)')
  })

  test('whichever requirement a sentence was noted for, but not the fate of different requests', () => {
    const noted = { name: 'x', texts: ['a push came bare'] }
    expect(texts(noted, { ...noted, id: OTHER })).toEqual(['A push came bare (2 times)'])
    const sent = { name: 'reports what becomes of a', texts: [`${UPLOAD} 415`] }
    expect(texts(sent, { ...sent, id: OTHER })).toHaveLength(2)
  })

  test('and a scenario that says the same twice counts once', () => {
    const twice = [`${UPLOAD} 415`, 'an upload of 100 bytes was answered 415']
    expect(texts({ name: 'reports what becomes of a', texts: twice })).toEqual(['A: refused, 415'])
  })
})

test('what is merely refused is not remarkable; what is taken, chosen or an error is', () => {
  const of = (name: string, status: string) => ({ name, texts: [`${UPLOAD} ${status}`] })
  const { shown, refusals } = remarkable(
    observed(
      of('reports what becomes of a', '415'),
      of('reports what becomes of b', '415'),
      of('reports whether c', '401'),
      of('reports what becomes of d', '200'),
      of('reports what becomes of e', '504'),
      of('refuses f or takes it', '400'),
    ),
  )
  expect(shown.map(({ subjects }) => subjects.join())).toEqual(['d', 'e', 'refuses f or takes it'])
  expect(refusals).toBe(3)
})
