import { describe, expect, it } from 'vitest'
import { utf8 } from '#protocol/bytes.ts'
import { Trial } from '../../tests/relay-trial.ts'
import { deployed } from './dialects.ts'

const OCTETS = 'application/octet-stream'
const place = { target: '', authorization: undefined, key: 'k' } as const

function trialWithPlace(rules = {}): Trial {
  const trial = new Trial(rules)
  trial.store.apply([{ kind: 'attachment-allocated', attachment: { id: '1', key: 'k', owner: '' } }])
  return trial
}

function put(trial: Trial, text: string, { contentType = OCTETS, key = 'k' } = {}) {
  const body = { contentType, bytes: utf8(text) }
  return trial.kind({ ...place, kind: 'upload-blob', key, body })
}

function get(trial: Trial, contentType?: string, key = 'k') {
  return trial.decide({ ...place, kind: 'download-blob', key, contentType }).outcome
}

describe('a blob', () => {
  it('is served as it was uploaded, without credentials, and may be uploaded again', () => {
    const trial = trialWithPlace()
    expect(get(trial).kind).toBe('no-blob')
    for (const text of ['first', '', 'another']) {
      expect(put(trial, text)).toBe('stored')
      expect(get(trial).content).toEqual({ kind: 'bytes', bytes: utf8(text), type: OCTETS })
    }
  })

  it('is taken as bytes alone, and only where a place was given out', () => {
    const trial = trialWithPlace()
    expect(put(trial, 'x', { contentType: 'text/plain' })).toBe('wrong-type')
    expect(
      trial.kind({ ...place, kind: 'upload-blob', body: { contentType: undefined, bytes: utf8('x') } }),
    ).toBe('wrong-type')
    expect(
      trial.kind({ ...place, kind: 'upload-blob', body: { contentType: OCTETS, bytes: 'too-long' } }),
    ).toBe('too-long')
    expect(put(trial, 'x', { key: 'elsewhere' })).toBe('unknown-location')
    expect(get(trial).kind).toBe('no-blob')
    expect(get(trial, OCTETS, 'elsewhere').kind).toBe('unknown-location')
    expect(put(trial, 'x', { contentType: 'Application/Octet-Stream; q=1' })).toBe('stored')
  })

  it('is served by deployed relays to those who name its type', () => {
    const trial = trialWithPlace(deployed)
    put(trial, 'x')
    expect([get(trial).kind, get(trial, OCTETS).kind]).toEqual(['wrong-type', 'sent'])
  })
})
