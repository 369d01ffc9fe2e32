import { fault, type RelayFault } from './fault.ts'
import { alsoTaking, ofAnyAccount } from './other-passwords.ts'
import type { RelayOperation } from './outcomes.ts'
import { documented } from './rulebook.ts'

const { authentication, confirmation, paths } = documented

/** What is kept of a number of a plus and 15 digits at most. */
const KEPT_CHARACTERS = 15

/** Faults in telling numbers apart, and in which of them are served. */
export const NUMBER_FAULTS: readonly RelayFault[] = [
  fault('RELAY-CODE-15/takes-north-america-alone', 'numbers of other countries are badly formatted', {
    codes: { isWellFormed: (number) => /^\+1\d{10}$/.test(number) },
  }),
  fault('RELAY-CODE-15/takes-twelve-digits-at-most', 'numbers of 13 digits and more are badly formatted', {
    codes: { isWellFormed: (number) => /^\+[1-9]\d{9,11}$/.test(number) },
  }),
  fault('RELAY-CODE-15/takes-fourteen-digits-at-most', 'numbers of 15 digits are badly formatted', {
    codes: { isWellFormed: (number) => /^\+[1-9]\d{9,13}$/.test(number) },
  }),
  fault('RELAY-CODE-15/needs-eleven-digits', 'numbers of 10 digits are badly formatted', {
    codes: { isWellFormed: (number) => /^\+[1-9]\d{10,14}$/.test(number) },
  }),
  fault('RELAY-CODE-15/cuts-recipients', 'messages go to the first 12 digits of a number', {
    paths: { number: cuttingBelow('/v1/messages', 13) },
  }),
  fault('RELAY-VERIFY-32/keeps-fourteen-digits', 'the last of 15 digits of a number counts for nothing', {
    paths: { number: cuttingBelow('/v1/[km]', KEPT_CHARACTERS) },
    confirmation: {
      account: (registration, previous) =>
        confirmation.account(
          { ...registration, number: cutAfter(KEPT_CHARACTERS, registration.number) },
          previous,
        ),
    },
    authentication: { read: cutting((operation) => operation !== 'confirm-code', KEPT_CHARACTERS) },
  }),
  fault(
    'RELAY-VERIFY-32/takes-the-password-of-neighbours',
    'the last digit of a number does not distinguish accounts',
    alsoTaking(ofAnyAccount(isNeighbour)),
  ),
  fault(
    'RELAY-VERIFY-32/takes-codes-of-neighbours',
    'the code of a number with another last digit confirms',
    {
      confirmation: {
        matches: (given, number, pending) =>
          confirmation.matches(given, number, pending) ||
          [...pending].some(([other, code]) => code === given && isNeighbour(number, other)),
      },
    },
  ),
  fault('RELAY-AUTH-04/cuts-long-numbers', 'what follows 11 digits of a username counts for nothing', {
    authentication: { read: cutting((operation) => operation !== 'confirm-code') },
  }),
  fault(
    'RELAY-AUTH-04/cuts-long-numbers-for-uploads',
    'prekeys are stored for the first 11 digits of a username',
    {
      authentication: { read: cutting((operation) => operation === 'upload-prekeys') },
    },
  ),
]

/** Reads credentials with the beginning of their number, for the operations meant: by default 11 digits. */
function cutting(
  isMeant: (operation: RelayOperation) => boolean,
  characters = 12,
): typeof authentication.read {
  return (header, operation) => {
    const read = authentication.read(header, operation)
    return read.kind === 'credentials' && isMeant(operation)
      ? { ...read, number: cutAfter(characters, read.number) }
      : read
  }
}

/** Takes the beginning of the number in a path that begins so. */
function cuttingBelow(path: string, characters: number): typeof paths.number {
  const isMeant = new RegExp(`^${path}`)
  return (decoded, target) =>
    isMeant.test(target) ? cutAfter(characters, paths.number(decoded, target)) : paths.number(decoded, target)
}

function cutAfter(characters: number, number: string): string {
  return number.slice(0, characters)
}

/** Whether two numbers are the same but for their last digit. */
function isNeighbour(number: string, other: string): boolean {
  return number !== other && number.slice(0, -1) === other.slice(0, -1)
}
