import type { GbaCredentials } from '#driver/capabilities/gba.ts'
import { percentInSmallLetters } from '#protocol/percent.ts'
import { digestPlan } from '#driver/mstore/digest-deviations.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { RawClient } from '#driver/mstore/raw-client.ts'
import { wireForm } from '#driver/mstore/wire-forms.ts'
import { withBody, withHeader, type WireRequest } from '#driver/wire-request.ts'
import type { Deviation } from '../../shared/support/session.ts'
import { spelledOtherwise } from './body-spellings.ts'
import { withMember } from './changed-bodies.ts'
import { CHALLENGED } from './challenged.ts'
import type { Mailbox } from './mailbox.ts'
import { operationNamed } from './operations.ts'
import { targetAt } from './request-targets.ts'
import type { CallOptions, MStoreSession } from './session.ts'

/** Whose request is made, and for which operation. */
interface MStoreAttempt {
  readonly mailbox: Mailbox
  readonly operation: string
}

/** A request as the deviations make it, and how it is sent. */
interface DeviatingRequest {
  readonly request: WireRequest
  readonly options: CallOptions
  /** Sent in one leg, just as it is written, with these headers in place of credentials. */
  readonly isBare?: boolean
  readonly through?: RawClient
}

interface MStoreDeviation {
  readonly session: MStoreSession
  readonly attempt: MStoreAttempt
  readonly made: DeviatingRequest
  readonly value: string | null
}

type DeviationChange = (
  deviation: MStoreDeviation,
) => Partial<DeviatingRequest> | Promise<Partial<DeviatingRequest>>

/** Parts of a request besides its headers, which go by their own names. */
const CHANGES: Readonly<Record<string, DeviationChange>> = {
  // The first leg reads, so that whatever takes effect is the work of the digest
  digest: ({ made, attempt, value }) => ({
    options: {
      plan: digestPlan(value ?? ''),
      ...(made.request.method === 'GET' ? {} : { challengedBy: getProfile(attempt.mailbox.msisdn) }),
    },
  }),
  'digest of': ({ session, attempt, value }) => {
    const { target } = operationNamed(value ?? '').request(session, attempt.mailbox)
    return { options: { plan: { target } } }
  },
  credentials: ({ session, value }) =>
    value === null ? { isBare: true } : { options: { credentials: earlierCredentials(session, value) } },
  Authorization: ({ made, value }) => ({
    isBare: true,
    request: withHeader(made.request, 'Authorization', value),
  }),
  // Without a body its Content-Type stays
  body: ({ made: { request }, value }) => ({
    request: value === null ? { ...request, body: null } : withBody(request, value),
  }),
  spelling: ({ made: { request }, value }) => ({ request: spelledOtherwise(request, value ?? '') }),
  // RFC 3986, section 2.1: escapes mean the same in either case
  escapes: ({ made: { request }, value }) => ({
    request: { ...request, target: escapedOtherwise(request.target, value ?? '') },
  }),
  // The same of another party's mailbox, with the credentials of this one
  mailbox: async ({ session, attempt, value }) => ({
    request: operationNamed(attempt.operation).request(session, await session.mailbox(value ?? '')),
  }),
  // Any method, known or not; the rest of the request is as it was
  method: ({ made: { request }, value }) => {
    const method = value ?? ''
    return { request: { ...request, method, operation: request.operation.replace(/^\S+/, method) } }
  },
  // A body is sent with credentials alone: the first leg reads, so that nothing else can take effect
  form: ({ session, made, attempt, value }) => {
    const through = session.node.raw(wireForm(value ?? ''))
    const challengedBy = getProfile(attempt.mailbox.msisdn)
    return { through, options: { through, ...(made.request.body === null ? {} : { challengedBy }) } }
  },
  path: async ({ session, made, attempt, value }) => ({
    request: { ...made.request, target: await targetAt(session, attempt.mailbox, value ?? '') },
  }),
}

/** Makes the request of an operation with those deviations, each in place of what is right. */
export async function makeAttempt(
  session: MStoreSession,
  attempt: MStoreAttempt,
  deviations: readonly Deviation[],
): Promise<void> {
  const { mailbox } = attempt
  let made: DeviatingRequest = {
    request: operationNamed(attempt.operation).request(session, mailbox),
    options: {},
  }
  for (const { part, value } of deviations)
    made = { ...made, ...(await changeOf(part)({ session, attempt, made, value })) }
  const { request, options, isBare, through } = made
  if (isBare === true) await session.actBare(request, mailbox, through)
  else await session.act(request, mailbox, options)
  if (options.plan !== undefined) mustHaveSentDigest(session)
}

function changeOf(part: string): DeviationChange {
  const change = CHANGES[part]
  if (change !== undefined) return change
  if (/^[A-Z]/.test(part)) return ({ made, value }) => ({ request: withHeader(made.request, part, value) })
  return ({ made, value }) => ({ request: withMember(made.request, part, value) })
}

/** The target with its escapes `in lower case`. */
function escapedOtherwise(target: string, wanted: string): string {
  if (wanted !== 'in lower case') throw new Error(`escapes: unknown "${wanted}"`)
  return percentInSmallLetters(target)
}

/** The credentials `of the request before`. */
function earlierCredentials(session: MStoreSession, wanted: string): GbaCredentials {
  if (wanted !== 'of the request before') throw new Error(`credentials: unknown "${wanted}"`)
  const credentials = session.turn.observed.call?.credentials
  if (credentials == null) throw new Error('no request with credentials was made before')
  return credentials
}

/** A refusal says something of a digest only where the digest was asked for, and sent. */
function mustHaveSentDigest({ check, turn: { request, observed } }: MStoreSession): void {
  const wasSent = observed.call?.second != null
  check.that({
    requirement: CHALLENGED,
    thing: `status of ${request.operation} without credentials`,
    expected: '401 with a challenge',
    got: wasSent ? '401 with a challenge' : observed.text,
    holds: wasSent,
    exchange: observed.exchange,
  })
}
