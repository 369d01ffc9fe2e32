import { requestCode } from '#driver/relay/operations.ts'
import { isOk } from '../support/session.ts'
import { seen, type RelayPerformer } from './walk.ts'

/** Forms of a number that is badly formatted. */
const BAD_NUMBERS: Readonly<Record<string, (number: string) => string>> = {
  'with letters': (number) => `${number.slice(0, -2)}ab`,
  'without its plus': (number) => number.slice(1),
  'followed by letters': (number) => `${number}ab`,
  'behind a letter': (number) => `a${number}`,
  'with a blank': (number) => `${number.slice(0, 6)} ${number.slice(6)}`,
  'three digits': (number) => number.slice(0, 4),
}

/** Asks for a code for the party's number. */
export const askForACode: RelayPerformer = async (walk, { party: name, values }) => {
  const party = walk.party(name)
  const { transport = 'sms', number = '' } = values
  const form = BAD_NUMBERS[number] ?? ((text: string) => text)
  const observed = await walk.ask(party, requestCode(transport, form(party.number)))
  if (isOk(observed)) party.transport = transport
  return seen(observed)
}
