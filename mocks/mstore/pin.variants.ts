import { PIN_PRECEDENCE } from '#protocol/mstore/pin.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { pin, wire } = documented
const NO_DEFINITIONS = 'the reasons are named and none is defined (E-15)'
const STEPS = [1, 9]

/** Right otherwise in what a PIN may be, and in what is said of one that it may not be. */
export const PIN_VARIANTS: readonly MStoreVariant[] = [
  bounded(6, 16),
  bounded(5, 5),
  variant({
    id: 'MSTORE-PIN-04/turns-the-order-round',
    summary: 'where several reasons apply the last is given',
    open: NO_DEFINITIONS,
    patch: { pin: { precedence: PIN_PRECEDENCE.toReversed() } },
    areas: ['MSTORE-PROFILE'],
  }),
  variant({
    id: 'MSTORE-PIN-06/lets-no-digit-recur',
    summary: 'any digit twice is repeated, any neighbours are consecutive, nine and zero among them',
    open: NO_DEFINITIONS,
    patch: {
      pin: {
        applies: {
          'PIN has Repeated Digits': ({ newPin }) => new Set(newPin).size < newPin.length,
          'PIN has Consecutive Numbers': ({ newPin }) => hasNeighbours(newPin),
          'PIN last 4 digit match MSISDN': ({ newPin, msisdn }) => newPin.includes(msisdn.slice(-4)),
        },
      },
    },
  }),
  variant({
    id: 'MSTORE-PIN-08/remembers-pins',
    summary: 'a PIN is recent where it was one of the last ten, however long ago',
    open: 'recently changed may be a matter of time or of history (E-15)',
    patch: { pin: { isRecent: ({ previous }, newPin) => previous.includes(newPin) } },
  }),
  variant({
    id: 'MSTORE-PIN-05/writes-the-header-in-capitals',
    summary: 'the header is written Reason-Phrase, and there is a body',
    open: 'names of headers have no case',
    patch: {
      wire: {
        headers: (outcome) =>
          wire
            .headers(outcome)
            .map(([name, value]) => [name === 'reason-phrase' ? 'Reason-Phrase' : name, value]),
        fallback: (outcome) =>
          outcome.kind === 'refused-pin'
            ? { kind: 'text', text: 'refused', type: 'text/plain' }
            : wire.fallback(outcome),
      },
    },
  }),
  variant({
    id: 'MSTORE-PIN-18/calls-half-a-change-a-failed-one',
    summary: 'one PIN alone answers 403 with a reason',
    open: 'whether that is malformed or fails is not said',
    patch: {
      pin: {
        pair: (sent, subscriber) =>
          pin.pair(sent, subscriber) ?? { oldPin: '', newPin: sent.get('PWD') ?? '' },
      },
    },
  }),
]

/** Other bounds, which the target file says. */
function bounded(least: number, most: number): MStoreVariant {
  const patch: MStorePatch = {
    pin: {
      least,
      most,
      applies: {
        'PIN last 4 digit match MSISDN': ({ newPin, msisdn }) => newPin.endsWith(msisdn.slice(-4)),
      },
    },
  }
  return variant({
    id: `MSTORE-PIN-13/has-${least}-to-${most}-digits`,
    summary: `a PIN has ${least} to ${most} digits`,
    open: 'no bounds are named (E-16); the target file says them',
    patch,
    target: { limits: { pinDigits: { least, most } } },
    alone: true,
  })
}

function hasNeighbours(pin: string): boolean {
  const digits = Array.from(pin, Number)
  return digits.some((digit, index) => STEPS.includes(Math.abs((digits[index + 1] ?? NaN) - digit)))
}
