import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { type MailboxState, objectsIn } from './state.ts'

/** The counters of a type and of all greetings. */
const COUNTERS: Readonly<Record<string, string>> = {
  [GREETING_TYPES.normal]: 'NormalGreetingQuota',
  [GREETING_TYPES.voiceSignature]: 'VoiceSignatureQuota',
}

/** Whether there is room for another greeting of a type; null where that is not known. */
export function roomFor(mailbox: MailboxState, type: string | null): boolean | null {
  const numbers = mailbox.numbers.greetings
  if (numbers === null || !mailbox.isListed.greetings) return null
  const greetings = objectsIn(mailbox, 'greetings')
  if (greetings.length >= Number(numbers.get('GreetingsQuota') ?? NaN)) return false
  const untyped = greetings.some(
    ({ facts }) => COUNTERS[facts.get('x-cns-greeting-type') ?? ''] === undefined,
  )
  if (type === null || untyped) return null
  const same = greetings.filter(({ facts }) => facts.get('x-cns-greeting-type') === type).length
  const quota = Number(numbers.get(COUNTERS[type] ?? '') ?? NaN)
  return Number.isNaN(quota) ? null : same < quota
}
