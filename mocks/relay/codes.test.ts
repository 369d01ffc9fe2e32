import { describe, expect, it } from 'vitest'
import { ALICE, BOB, START_MS, Trial } from '../../tests/relay-trial.ts'

describe('a request for a code', () => {
  it('delivers six digits to the number over the transport asked for', () => {
    const trial = new Trial()
    expect(trial.requestCode(ALICE)).toBe('code-sent')
    expect(trial.requestCode(BOB, 'voice')).toBe('code-sent')
    const [sms, voice] = trial.store.codes.all()
    expect(sms).toMatchObject({ number: ALICE, transport: 'sms', at: START_MS, code: trial.code(ALICE) })
    expect(voice).toMatchObject({ number: BOB, transport: 'voice', code: trial.code(BOB) })
    expect(sms?.code).toMatch(/^[1-9]\d{5}$/)
    expect(sms?.text).toMatch(/\d{3}-\d{3}$/)
    expect(voice?.text).toMatch(/(\d, ){5}\d$/)
  })

  it.each(['14155550100', '+1415555010x', '+14155550100x', '+1415-5550100', 'abc', '+', '+123', ''])(
    'refuses the number %j and sends nothing',
    (number) => {
      const trial = new Trial()
      expect(trial.requestCode(number)).toBe('bad-number')
      expect(trial.store.codes.size).toBe(0)
      expect(trial.store.pendingCodes.size).toBe(0)
    },
  )

  it.each(['email', 'SMS', 'Voice', 'dev', ''])('refuses the transport %j and sends nothing', (transport) => {
    const trial = new Trial()
    expect(trial.requestCode(ALICE, transport)).toBe('bad-transport')
    expect(trial.store.codes.size).toBe(0)
    expect(trial.store.pendingCodes.size).toBe(0)
  })

  it('judges the number before the transport', () => {
    expect(new Trial().requestCode('abc', 'email')).toBe('bad-number')
  })

  it('lets two through in a burst, for each number and transport, and refusals cost nothing', () => {
    const trial = new Trial()
    const outcomes = [1, 2, 3, 4].map(() => trial.requestCode(ALICE))
    expect(outcomes).toEqual(['code-sent', 'code-sent', 'limited', 'limited'])
    expect(trial.requestCode(BOB)).toBe('code-sent')
    expect(trial.requestCode(ALICE, 'voice')).toBe('code-sent')
    trial.clock.advance(29_999, ALICE)
    expect(trial.requestCode(ALICE)).toBe('limited')
    trial.clock.advance(1, ALICE)
    expect(trial.requestCode(ALICE)).toBe('code-sent')
    expect(trial.requestCode(ALICE)).toBe('limited')
  })

  it('leaves the latest code as the one that confirms', () => {
    const trial = new Trial()
    trial.requestCode(ALICE)
    const first = trial.code(ALICE)
    trial.requestCode(ALICE)
    expect(trial.store.codes.latest?.code).toBe(trial.code(ALICE))
    expect(trial.confirm(ALICE, { code: first })).toBe('wrong-code')
    expect(trial.confirm(ALICE)).toBe('confirmed')
  })

  it('draws the codes from the seed', () => {
    const drawn = (seed: string) => {
      const trial = new Trial({}, seed)
      trial.requestCode(ALICE)
      return trial.code(ALICE)
    }
    expect(drawn('a')).toBe(drawn('a'))
    expect(drawn('a')).not.toBe(drawn('b'))
  })
})
