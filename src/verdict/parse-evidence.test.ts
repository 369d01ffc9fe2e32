import { describe, expect, test } from 'vitest'
import type { StepEvidence } from '#evidence/step-evidence.ts'
import { assertion, exchange } from '../../tests/golden/message-stream.ts'
import { parseEvidence } from './parse-evidence.ts'

const binary = { kind: 'base64', base64: '/w==', bytes: 1, cut: false } as const
const evidence: StepEvidence = {
  exchanges: [
    exchange({ request: { line: 'GET / HTTP/1.1', headers: [['Host', 'x']], body: binary } }),
    exchange({ response: null, failure: { kind: 'no-answer', detail: 'within 1 s' } }),
  ],
  assertions: [assertion('RELAY-CODE-01'), assertion('RELAY-CODE-01', { exchange: null })],
  findings: [{ requirement: 'RELAY-CODE-01', text: 'either' }],
  skip: { code: 'risk', name: 'sends', enable: 'allow: [sends]' },
  inconclusive: 'gone',
}

/** Each member of a value, however deep, as a copy of the whole in which that member is something else. */
function spoiled(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value)
  return members.flatMap(([key, member]: [string, unknown]) => {
    const within = (changed: unknown) =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }
    const here = [`${path}/${key}`, within(typeof member === 'number' ? 'x' : 7)] as const
    const deeper = spoiled(member, `${path}/${key}`).map(
      ([place, changed]) => [place, within(changed)] as const,
    )
    return [here, ...deeper]
  })
}

describe('evidence', () => {
  test('is read as it was written', () => {
    expect(parseEvidence(JSON.stringify(evidence))).toEqual(evidence)
    const none = { exchanges: [], assertions: [], findings: [], skip: null, inconclusive: null }
    expect(parseEvidence(JSON.stringify(none))).toEqual(none)
  })

  test.each(spoiled(evidence))('is not read where %s is of another type', (_, changed) => {
    expect(parseEvidence(JSON.stringify(changed))).toBeNull()
  })

  test.each([
    ['a header without a value', { exchanges: [{ ...exchange(), request: headed(['Host']) }] }],
    ['a header of three parts', { exchanges: [{ ...exchange(), request: headed(['Host', 'x', 'y']) }] }],
    ['a skip for another reason', { skip: { ...evidence.skip, code: 'mood' } }],
    ['a member missing', { findings: undefined }],
  ])('is not read with %s', (_, change) => {
    expect(parseEvidence(JSON.stringify({ ...evidence, ...change }))).toBeNull()
  })

  test.each(['', '{', 'null', '[]', '7'])('is not %j', (text) => {
    expect(parseEvidence(text)).toBeNull()
  })
})

function headed(header: readonly string[]) {
  return { line: '', headers: [header], body: binary }
}
