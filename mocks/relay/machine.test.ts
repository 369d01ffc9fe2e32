import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ALICE,
  authorizationOf,
  BOB,
  message,
  UNREGISTERED,
  START_MS,
  Trial,
} from '../../tests/relay-trial.ts'

const NUMBERS = [ALICE, BOB, UNREGISTERED]

/** Something a client may do, described without a trial at hand. Each submission has a type of its own. */
const step = fc.oneof(
  fc.record({ do: fc.constant('request' as const), number: fc.constantFrom(...NUMBERS) }),
  fc.record({
    do: fc.constant('confirm' as const),
    number: fc.constantFrom(...NUMBERS),
    right: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('set' as const),
    number: fc.constantFrom(...NUMBERS),
    channel: fc.constantFrom('gcm' as const, 'apn' as const),
  }),
  fc.record({ do: fc.constant('remove' as const), number: fc.constantFrom(...NUMBERS) }),
  fc.record({
    do: fc.constant('submit' as const),
    from: fc.constantFrom(...NUMBERS),
    to: fc.constantFrom(...NUMBERS),
    password: fc.constantFrom('right', 'wrong'),
    devices: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }),
    registration: fc.constantFrom(100, 101, 109),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 40_000 }) }),
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function take(trial: Trial, one: Step): string {
  switch (one.do) {
    case 'request':
      return trial.requestCode(one.number)
    case 'confirm':
      return trial.confirm(one.number, one.right ? {} : { code: '000000' })
    case 'set':
      return trial.setPushId(one.number, `${one.channel}:id ${one.number}`)
    case 'remove':
      return trial.removePushId(one.number, 'gcm')
    case 'submit': {
      const authorization =
        one.password === 'right' ? authorizationOf(one.from) : authorizationOf(one.from, 'wrong')
      const messages = one.devices.map((destinationDeviceId) =>
        message({ destinationDeviceId, destinationRegistrationId: one.registration }),
      )
      return trial.submit(one.to, messages, { authorization }).kind
    }
    case 'wait':
      trial.clock.advance(one.ms)
      return 'waited'
    default:
      return one satisfies never
  }
}

describe('whatever clients do', () => {
  it('what is refused delivers nothing, and what is accepted is delivered once to each device', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const trial = new Trial().register(ALICE, BOB)
        for (const one of steps) {
          const before = trial.store.pushes.size
          const kind = take(trial, one)
          const due = one.do === 'submit' && kind === 'accepted' ? one.devices.length : 0
          expect(trial.store.pushes.size - before).toBe(due)
        }
        const texts = trial.store.pushes.all().map(({ notification }) => notification)
        expect(new Set(texts).size).toBe(texts.length)
      }),
    )
  })

  it('there is an account only where a code was confirmed, and codes are sent only where one was asked for', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const trial = new Trial()
        const confirmed = new Set<string>()
        for (const one of steps) {
          const [codes, kind] = [trial.store.codes.size, take(trial, one)]
          if (kind === 'confirmed' && one.do === 'confirm') confirmed.add(one.number)
          expect(trial.store.codes.size - codes).toBe(kind === 'code-sent' ? 1 : 0)
        }
        expect(new Set(trial.store.accounts.keys())).toEqual(confirmed)
      }),
    )
  })

  it('no more codes are sent in any half minute than the limit allows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 40 }), (gaps) => {
        const trial = new Trial()
        for (const gap of gaps) {
          trial.clock.advance(gap)
          trial.requestCode(ALICE)
        }
        const times = trial.store.codes.all().map(({ at }) => at - START_MS)
        times.forEach((at, index) => {
          const later = times[index + 2] ?? Infinity
          expect(later - at).toBeGreaterThanOrEqual(30_000)
        })
      }),
    )
  })

  it('the same seed and the same requests come to the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.string(), (steps, seed) => {
        const run = () => {
          const trial = new Trial({}, seed)
          const kinds = steps.map((one) => take(trial, one))
          return { kinds, codes: trial.store.codes.all(), pushes: trial.store.pushes.all() }
        }
        expect(run()).toEqual(run())
      }),
    )
  })
})
