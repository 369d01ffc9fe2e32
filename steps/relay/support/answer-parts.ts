import { Inconclusive } from '../../shared/support/check.ts'
import { basicRequirement } from './basic-requirements.ts'
import { items, jsonOf, members } from './json-members.ts'
import type { RelaySession } from './session.ts'

/** The requirement that says which ids are listed in a refusal of that status. */
const LISTED_BY: ReadonlyMap<number, string> = new Map([
  [409, 'RELAY-MESSAGE-09'],
  [410, 'RELAY-MESSAGE-13'],
])

/** Asserts something of every part of its kind in the answer, of which there must be one at least. */
export const ANSWER_PARTS: Readonly<Record<string, (session: RelaySession) => void>> = {
  id: assertIntegers,
  'Base64 text': assertStandardAlphabet,
}

function assertIntegers({ check, turn: { request, observed } }: RelaySession): void {
  const ids = idsIn(jsonOf(observed.answer))
  check.that({
    requirement: LISTED_BY.get(observed.status ?? 0) ?? basicRequirement(request, observed.status),
    thing: 'ids in the answer',
    expected: 'at least 1',
    got: String(ids.length),
    holds: ids.length > 0,
    exchange: observed.exchange,
  })
  const others = ids.filter((id) => !Number.isSafeInteger(id))
  check.count('ids in the answer that are no whole JSON numbers', 0, others.length)
}

function assertStandardAlphabet({ check, turn: { request, observed } }: RelaySession): void {
  const { exchange } = observed
  const texts = base64In(jsonOf(observed.answer))
  check.that({
    requirement: basicRequirement(request, observed.status),
    thing: 'tokens and keys in the answer',
    expected: 'at least 1',
    got: String(texts.length),
    holds: texts.length > 0,
    exchange,
  })
  if (!texts.some((text) => /[^A-Za-z0-9]/.test(text)))
    throw new Inconclusive('no text of the answer has a character in which the alphabets differ')
  const odd = texts.filter((text) => !/^[A-Za-z0-9+/]*$/.test(text))
  const got = odd.length === 0 ? 'that' : odd.join(', ')
  const thing = 'tokens and keys'
  const lasting = { got: 'other characters' }
  check.that({ thing, expected: 'A-Z a-z 0-9 + /', got, lasting, holds: odd.length === 0, exchange })
}

/** The ids in an answer; a number counts by its value, however it is written. */
function idsIn(answer: unknown): readonly unknown[] {
  const { keys, missingDevices, extraDevices, staleDevices } = members(answer)
  const ofKeys = items(keys).flatMap((key) => [members(key)['deviceId'], members(key)['keyId']])
  const all = [...ofKeys, ...items(missingDevices), ...items(extraDevices), ...items(staleDevices)]
  return all.filter((id) => id !== undefined)
}

/** The tokens and keys in an answer. */
function base64In(answer: unknown): readonly string[] {
  const { keys, contacts } = members(answer)
  const ofKeys = items(keys).flatMap((key) => [members(key)['publicKey'], members(key)['identityKey']])
  const tokens = items(contacts).map((contact) => members(contact)['token'])
  return [...ofKeys, ...tokens].filter((text) => typeof text === 'string')
}
