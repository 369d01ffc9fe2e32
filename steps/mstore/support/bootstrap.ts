import type { UbOutcome } from '#driver/gba/bootstrap.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { AUTN_BYTES } from '#protocol/gba/aka.ts'
import { parseBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import { RAND_BYTES } from '#protocol/gba/milenage.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { answerOf, answeredLeg, challengeParam, nonceOf, serverName } from './bootstrap-legs.ts'
import type { RowComparison } from './row-comparison.ts'
import type { MStoreSession } from './session.ts'

/** `the bootstrap`: its `outcome`, the last answer, and what that says. */
export function bootstrapRows({ bootstrapped }: MStoreSession): RowComparison {
  return (side, wanted) => shownBy(bootstrapped, namedEntry('bootstrap', SIDES, side)(bootstrapped, wanted))
}

/** `the challenge of the bootstrapping server`: its parameters; a realm that is `its name`, a nonce `RAND and AUTN`. */
export function bootstrappingChallengeRows({ bootstrapped }: MStoreSession): RowComparison {
  return (side, wanted) =>
    shownBy(
      bootstrapped,
      wanted === 'RAND and AUTN' ? compareNonce(bootstrapped) : compareParam(bootstrapped, side, wanted),
    )
}

const SIDES: Readonly<Record<string, (outcome: UbOutcome, wanted: string) => Comparison>> = {
  outcome: (outcome, wanted) => {
    const got = outcome.kind === 'stopped' ? outcome.reason : 'a B-TID'
    return { thing: 'bootstrap', expected: wanted, got, holds: got === wanted }
  },
  status: ({ legs }, wanted) => {
    const got = String(answerOf(legs.at(-1))?.status ?? 'no answer')
    return { thing: 'status of the bootstrap', expected: wanted, got, holds: got === wanted }
  },
  'Content-Type': ({ legs }, wanted) => {
    const got = answerOf(legs.at(-1))?.header('Content-Type') ?? 'none'
    const [mediaType = ''] = got.split(';')
    const holds = mediaType.trim().toLowerCase() === wanted
    return { thing: 'Content-Type of the bootstrap', expected: wanted, got, holds }
  },
  'B-TID': compareBtid,
  body: compareBody,
  rspauth: compareProof,
  'nonce of its new challenge': compareNewNonce,
}

/** `RAND and the name of the server`. */
function compareBtid(outcome: UbOutcome): Comparison {
  const rand = nonceOf(outcome)?.subarray(0, RAND_BYTES) ?? new Uint8Array()
  const realm = challengeParam(answeredLeg(outcome), 'realm') ?? ''
  const expected = `${encodeBase64(rand, { padded: true })}@${realm}`
  const info = infoOf(outcome)
  const got = info.kind === 'parse-error' ? info.reason : info.btid
  return { thing: 'B-TID', expected, got, holds: got === expected }
}

/** `a B-TID and a lifetime`. */
function compareBody(outcome: UbOutcome, wanted: string): Comparison {
  const info = infoOf(outcome)
  const isRead = info.kind !== 'parse-error'
  const got = isRead ? wanted : info.reason
  const expected = `BootstrappingInfo of uri:3gpp-gba with ${wanted}`
  return { thing: 'body of the answer of the bootstrap', expected, got, holds: isRead }
}

function infoOf({ legs }: UbOutcome) {
  return parseBootstrappingInfo(fromUtf8(answerOf(legs.at(-1))?.body ?? new Uint8Array()) ?? '')
}

/** `what RES and the body give`. */
function compareProof(outcome: UbOutcome, wanted: string): Comparison {
  const header = answerOf(outcome.legs.at(-1))?.header('Authentication-Info') ?? null
  const isProved = outcome.kind === 'bootstrapped' || outcome.cause === 'unreadable-info'
  const got = header === null ? 'no Authentication-Info' : isProved ? wanted : outcome.reason
  return {
    thing: 'rspauth of Authentication-Info',
    expected: wanted,
    got,
    holds: header !== null && isProved,
  }
}

/** `another than before`. */
function compareNewNonce(outcome: UbOutcome, wanted: string): Comparison {
  const [first, last] = [answeredLeg(outcome), outcome.legs.at(-1)].map((leg) => challengeParam(leg, 'nonce'))
  const holds = outcome.legs.length > 1 && last !== null && last !== first
  const got = holds ? wanted : last === null ? 'none' : 'the one of before'
  return { thing: 'nonce of the new challenge', expected: wanted, got, holds }
}

function compareNonce(outcome: UbOutcome): Comparison {
  const bytes = nonceOf(outcome)?.length ?? null
  const isUnusable =
    outcome.kind === 'stopped' && ['unreadable-challenge', 'mac-mismatch'].includes(outcome.cause)
  return {
    thing: 'nonce of the challenge',
    expected: `Base64 of at least ${RAND_BYTES + AUTN_BYTES} bytes, an AUTN of the card's among them`,
    got: bytes === null ? 'no Base64' : `${bytes} bytes${isUnusable ? `: ${outcome.reason}` : ''}`,
    holds: bytes !== null && bytes >= RAND_BYTES + AUTN_BYTES && !isUnusable,
  }
}

function compareParam(outcome: UbOutcome, param: string, wanted: string): Comparison {
  const expected = wanted === 'its name' ? serverName(outcome) : wanted
  const got = challengeParam(outcome.legs[0], param) ?? 'none'
  return { thing: `${param} of the challenge`, expected, got, holds: got === expected }
}

/** The comparison with the exchange that shows it: the last of the bootstrap. */
function shownBy({ legs }: UbOutcome, comparison: Comparison): Comparison {
  const result = legs.at(-1)?.result
  if (result === undefined) return comparison
  const { exchange } = result.kind === 'answered' ? result.answer : result
  return { ...comparison, exchange: exchange.id }
}
