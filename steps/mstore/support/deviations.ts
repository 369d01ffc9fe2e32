import { digestPlan } from '#driver/mstore/digest-deviations.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { RawClient } from '#driver/mstore/raw-client.ts'
import { wireForm } from '#driver/mstore/wire-forms.ts'
import { withBody, withHeader } from '#driver/wire-request.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { msisdnDigits } from '#protocol/mstore/msisdn.ts'
import type { Deviation } from '../../shared/session.ts'
import { CHALLENGED } from './challenged.ts'
import type { Mailbox } from './mailbox.ts'
import { operationNamed } from './operations.ts'
import type { By, MStoreSession } from './session.ts'

/** Whose request is made, and for which operation. */
interface MStoreAttempt {
  readonly mailbox: Mailbox
  readonly operation: string
}

/** A request as the deviations make it, and how it is sent. */
interface DeviatingRequest {
  readonly request: WireRequest
  readonly options: Partial<By>
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

type MStoreChange = (
  deviation: MStoreDeviation,
) => Partial<DeviatingRequest> | Promise<Partial<DeviatingRequest>>

/** Parts of a request besides its headers, which go by their own names. */
const CHANGES: Readonly<Record<string, MStoreChange>> = {
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
  credentials: () => ({ isBare: true }),
  Authorization: ({ made, value }) => ({
    isBare: true,
    request: withHeader(made.request, 'Authorization', value),
  }),
  body: ({ made, value }) => ({ request: withBody(made.request, value) }),
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
    request: { ...made.request, target: await targetAt(session, attempt, value ?? '') },
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
  else await session.act(request, { ...options, mailbox })
  if (options.plan !== undefined) mustHaveSentDigest(session)
}

function changeOf(part: string): MStoreChange {
  const change = CHANGES[part]
  if (change !== undefined) return change
  if (!/^[A-Z]/.test(part))
    throw new Error(
      `part of a request: expected a header or ${Object.keys(CHANGES).join(', ')}; got "${part}"`,
    )
  return ({ made, value }) => ({ request: withHeader(made.request, part, value) })
}

/** A target as it stands on the wire; `[Alice]` in it stands for the digits of her number. */
async function targetAt(session: MStoreSession, { mailbox }: MStoreAttempt, target: string): Promise<string> {
  const owner = /\[(\w+)\]/.exec(target)?.[1] ?? mailbox.name
  const { msisdn } = await session.mailbox(owner)
  return target.replace(`[${owner}]`, msisdnDigits(msisdn))
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
