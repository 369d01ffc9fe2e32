import { PIN_REASON_HEADER, type PinReason } from '#protocol/mstore/pin.ts'
import { NEW_PIN } from '#protocol/mstore/profile.ts'
import { documented } from './rulebook.ts'
import { fault, statusFaults, type MStoreFault } from './fault.ts'
import { handWritten } from './fault-patches.ts'

const { pin, wire } = documented

/** Faults in changing the PIN. */
export const PIN_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-PIN-01/stores-nothing', 'a change of the PIN answers 200 and changes nothing', {
    pin: { stored: (before) => before },
  }),
  ...statusFaults('change-pin', [
    ['MSTORE-PIN-01/answers-400', 'a change of the PIN answers 400', 'changed', 400],
    ['MSTORE-PIN-03/answers-400', 'a refused PIN answers 400', 'refused-pin', 400],
    ['MSTORE-PIN-03/answers-401', 'a refused PIN answers 401', 'refused-pin', 401],
  ]),
  fault('MSTORE-PIN-04/gives-no-reason', 'a refused PIN has no reason-phrase', {
    wire: { headers: ({ kind, headers = [] }) => (kind === 'refused-pin' ? [] : headers) },
  }),
  fault('MSTORE-PIN-04/gives-a-reason-of-its-own', 'the reason-phrase is "PIN refused"', {
    pin: { reasonText: () => 'PIN refused' },
  }),
  fault('MSTORE-PIN-05/says-it-in-the-status-line', 'the reason is the text of the status line', {
    wire: {
      transform: (reply, { kind, headers = [] }) =>
        kind === 'refused-pin'
          ? handWritten({ ...reply, headers: [] }, { phrase: headers[0]?.[1] ?? '' })
          : reply,
    },
  }),
  spelled('MSTORE-PIN-06', 'PIN has Repeated Digits', 'PIN has repeated digits'),
  never('MSTORE-PIN-06', 'PIN has Repeated Digits', '5555'),
  spelled('MSTORE-PIN-07', 'PIN has Consecutive Numbers', 'PIN has Consecutive Digits'),
  never('MSTORE-PIN-07', 'PIN has Consecutive Numbers', '2345'),
  spelled('MSTORE-PIN-08', 'PIN recently Changed', 'PIN Recently Changed'),
  never('MSTORE-PIN-08', 'PIN recently Changed', 'the PIN of before'),
  spelled('MSTORE-PIN-09', 'PIN last 4 digit match MSISDN', 'PIN last 4 digits match MSISDN'),
  never('MSTORE-PIN-09', 'PIN last 4 digit match MSISDN', 'the end of the number'),
  fault('MSTORE-PIN-09/compares-the-beginning', 'the first four digits of the number are compared', {
    pin: {
      applies: { 'PIN last 4 digit match MSISDN': ({ newPin, msisdn }) => newPin === msisdn.slice(1, 5) },
    },
  }),
  spelled('MSTORE-PIN-10', 'PIN has invalid Character', 'PIN has Invalid Character'),
  never('MSTORE-PIN-10', 'PIN has invalid Character', '25a0'),
  fault('MSTORE-PIN-10/takes-an-asterisk', 'the PIN 25*0 is accepted', {
    pin: { applies: { 'PIN has invalid Character': ({ newPin }) => /[^0-9*]/.test(newPin) } },
  }),
  spelled('MSTORE-PIN-11', 'PIN in Use', 'PIN In Use'),
  never('MSTORE-PIN-11', 'PIN in Use', 'the current PIN'),
  spelled('MSTORE-PIN-12', 'PIN length too Long', 'PIN too Long'),
  never('MSTORE-PIN-12', 'PIN length too Long', 'a PIN of eleven digits'),
  spelled('MSTORE-PIN-13', 'PIN length too Short', 'PIN too Short'),
  never('MSTORE-PIN-13', 'PIN length too Short', '58'),
  spelled('MSTORE-PIN-14', 'Invalid OLD PIN', 'Invalid Old PIN'),
  never('MSTORE-PIN-14', 'Invalid OLD PIN', 'a change with another old PIN'),
  spelled('MSTORE-PIN-15', 'VVM Not Active', 'VVM not Active'),
  never('MSTORE-PIN-15', 'VVM Not Active', 'a change without visual voicemail'),
  fault('MSTORE-PIN-16/stores-what-it-refuses', 'a PIN that is refused is the PIN from then on', {
    pin: {
      afterRefusal: ({ msisdn, pin: before }, { newPin }) => [
        { kind: 'pin-stored', msisdn, pin: { ...before, current: newPin } },
      ],
    },
  }),
  ...oldPinCompared([
    [
      'compares-the-beginning',
      'the old PIN may lack its last digits',
      (old, current) => current.startsWith(old),
    ],
    ['cuts-what-is-too-much', 'the old PIN may have more digits', (old, current) => old.startsWith(current)],
    [
      'compares-three-digits',
      'the old PIN may end otherwise',
      (old, current) => old.slice(0, 3) === current.slice(0, 3),
    ],
  ]),
  fault('MSTORE-PIN-10/takes-blanks-behind-it', 'a PIN with a blank behind it is accepted', {
    pin: { applies: { 'PIN has invalid Character': ({ newPin }) => /[^0-9]/.test(newPin.trim()) } },
  }),
  fault('MSTORE-PIN-10/takes-digits-of-any-script', 'a digit of another script is one', {
    pin: { applies: { 'PIN has invalid Character': ({ newPin }) => /\P{Nd}/u.test(newPin) } },
  }),
  fault(
    'MSTORE-PIN-16/stores-the-end-of-the-number',
    'the end of the number is refused, and the PIN from then on',
    {
      pin: {
        afterRefusal: ({ msisdn, pin: before }, { newPin }) =>
          newPin === msisdn.slice(-4)
            ? [{ kind: 'pin-stored', msisdn, pin: { ...before, current: newPin } }]
            : [],
      },
    },
  ),
  fault('MSTORE-PIN-16/stores-short-ones', 'a PIN that is too short is refused, and the PIN from then on', {
    pin: {
      afterRefusal: ({ msisdn, pin: before }, { newPin }) =>
        newPin.length < pin.least
          ? [{ kind: 'pin-stored', msisdn, pin: { ...before, current: newPin } }]
          : [],
    },
  }),
  fault('MSTORE-PIN-17/drops-leading-zeros', 'the PIN is kept as a number', {
    pin: {
      stored: (before, newPin, nowMs) => pin.stored(before, newPin.replace(/^0+/, ''), nowMs),
    },
  }),
  fault('MSTORE-PIN-17/compares-numbers', 'the old PIN is compared as a number', {
    pin: { applies: { 'Invalid OLD PIN': ({ oldPin, current }) => Number(oldPin) !== Number(current) } },
  }),
  fault('MSTORE-PIN-18/needs-no-old-pin', 'PWD alone changes the PIN', {
    pin: {
      pair: (sent, subscriber) => {
        const newPin = sent.get(NEW_PIN)
        return newPin === undefined || sent.size > 1
          ? pin.pair(sent, subscriber)
          : { oldPin: subscriber.pin.current, newPin }
      },
    },
  }),
  fault('MSTORE-PIN-22/gives-a-reason-always', 'every change of the profile has a reason-phrase', {
    wire: {
      headers: (outcome) =>
        outcome.operation === 'write-profile' && outcome.kind === 'written'
          ? [...wire.headers(outcome), [PIN_REASON_HEADER, 'PIN in Use']]
          : wire.headers(outcome),
    },
  }),
  fault('MSTORE-PIN-23/turns-the-mailbox-off', 'a PIN that is refused sets vvmon to false', {
    pin: {
      afterRefusal: ({ msisdn, profile }) => [
        { kind: 'profile-stored', msisdn, profile: new Map([...profile, ['vvmon', 'false']]) },
      ],
    },
  }),
]

type PinComparison = (old: string, current: string) => boolean

/** Old PINs that are taken for the current one. */
function oldPinCompared(
  rows: readonly (readonly [name: string, summary: string, isSame: PinComparison])[],
): readonly MStoreFault[] {
  return rows.map(([name, summary, isSame]) =>
    fault(`MSTORE-PIN-14/${name}`, summary, {
      pin: { applies: { 'Invalid OLD PIN': ({ oldPin, current }) => !isSame(oldPin, current) } },
    }),
  )
}

function spelled(requirement: string, reason: PinReason, text: string): MStoreFault {
  return fault(`${requirement}/spells-it-otherwise`, `the reason reads "${text}"`, {
    pin: { reasonText: (given) => (given === reason ? text : given) },
  })
}

function never(requirement: string, reason: PinReason, what: string): MStoreFault {
  return fault(`${requirement}/accepts-it`, `${what} is accepted`, {
    pin: { applies: { [reason]: () => false } },
  })
}
