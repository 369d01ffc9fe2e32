import { parsePlainJson } from '#protocol/json.ts'
import { items, members } from './json-members.ts'
import type { PrekeyEntry } from './prekey-ledger.ts'
import { isOk, type RelaySession } from './session.ts'
import type { Observed } from '../../shared/support/session.ts'

/** The entries of an answer that granted prekeys, read leniently: none where it is not such an answer. */
export function readEntries(observed: Observed): readonly PrekeyEntry[] {
  return isOk(observed) ? items(members(json(observed))['keys']).map(entry) : []
}

/**
 * The entries of an answer to a request that should have been granted; `requirement` is violated where it was
 * not, and where it was, the requirements that say how the answer is written.
 */
export function entriesOf(
  session: RelaySession,
  observed: Observed,
  requirement: string,
): readonly PrekeyEntry[] {
  const { text, exchange } = observed
  const { check } = session
  check.that({
    requirement,
    thing: 'status of the request for prekeys',
    expected: '200',
    got: text,
    holds: isOk(observed),
    exchange,
  })
  const value = json(observed)
  check.that({
    requirement: 'RELAY-ENCODING-01',
    thing: 'answer to a request for prekeys',
    expected: 'JSON',
    got: value === undefined ? 'something else' : 'that',
    holds: value !== undefined,
    exchange,
  })
  const isList = Array.isArray(members(value)['keys'])
  check.that({
    requirement: 'RELAY-PREKEY-01',
    thing: 'answer to a request for prekeys',
    expected: 'an object with an array "keys"',
    got: isList ? 'that' : 'none',
    holds: isList,
    exchange,
  })
  return readEntries(observed)
}

/** The answer's body as JSON; undefined where it is none. */
function json({ answer }: Observed): unknown {
  const reading = answer === null ? null : parsePlainJson(answer.body)
  return reading?.kind === 'json' ? reading.plain : undefined
}

function entry(value: unknown): PrekeyEntry {
  const { deviceId, keyId, publicKey, identityKey, registrationId } = members(value)
  return { deviceId, keyId, publicKey, identityKey, registrationId }
}
