import { isNetworkErrorAnswer } from '#driver/mstore/answers.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { memberRow } from './answer-members.ts'
import { headerRow } from './headers.ts'
import { isSuccess, type MStoreObserved } from './observed.ts'
import type { RowComparison } from './row-comparison.ts'
import { shownBody } from './shown-body.ts'
import type { MStoreSession } from './session.ts'

const BAD_REQUEST = 400
const SECOND_MS = 1000
const UNAUTHORIZED = 401

/** `the answer`: its `status`, `body of a 400`, `time`, `header NAME`, or a member by its path. */
export function answerRows(session: MStoreSession): RowComparison {
  return (side, wanted) => {
    const header = /^header (\S+)$/.exec(side)?.[1]
    if (header !== undefined) return headerRow(session, header, wanted)
    const row = SIDES[side]
    return row === undefined ? memberRow(session, side, wanted) : row(session, wanted)
  }
}

const SIDES: Readonly<Record<string, (session: MStoreSession, wanted: string) => Comparison>> = {
  status: statusRow,
  'body of a 400': badRequestRow,
  time: timeRow,
}

/** Conditions on a status that also hold, or not, where no answer came. */
const STATUSES: Readonly<Record<string, (observed: MStoreObserved) => boolean>> = {
  'none from 200 to 299': ({ status }) => !isSuccess(status),
  'neither 401 nor from 200 to 299': ({ status }) => status !== UNAUTHORIZED && !isSuccess(status),
  'to the digest, other than 401': ({ status, call }) =>
    call?.second != null && status !== null && status !== UNAUTHORIZED,
}

function statusRow({ turn: { request, observed } }: MStoreSession, wanted: string): Comparison {
  const holds = namedEntry('status', STATUSES, wanted)(observed)
  const { text: got, exchange } = observed
  return { thing: `status of ${request.operation}`, expected: wanted, got, holds, exchange }
}

/** Another refusal leaves open what a 400 would say. */
function badRequestRow({ check, turn: { request, observed } }: MStoreSession, wanted: string): Comparison {
  const { answer, status, text, exchange } = observed
  const isBadRequest = status === BAD_REQUEST && answer !== null
  if (!isBadRequest) check.note(`${request.operation} answered ${text}: a 400 would be ${wanted}`)
  return {
    thing: `refusal of ${request.operation}`,
    expected: '{"error":"MSTORE_RLY-MST_NWKERR"} with a 400, or another refusal',
    got: isBadRequest ? shownBody(answer.body) : text,
    holds: isBadRequest ? isNetworkErrorAnswer(answer) : answer !== null && !isSuccess(status),
    exchange,
  }
}

/** How long the answer took: `at most 60 seconds`. */
function timeRow({ turn: { observed } }: MStoreSession, wanted: string): Comparison {
  const { answer, text, exchange } = observed
  const mostMs = Number(/^at most (\d+) seconds$/.exec(wanted)?.[1]) * SECOND_MS
  const tookMs = answer?.exchange.durationMs ?? null
  const got = tookMs === null ? text : `${tookMs} ms`
  return {
    thing: 'time to the answer',
    expected: wanted,
    got,
    holds: tookMs !== null && tookMs <= mostMs,
    exchange,
  }
}
