import { finalResult } from '#driver/mstore/client.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import { acceptedInstead } from './accepted-instead.ts'
import { CHALLENGED } from './challenged.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreNode } from './node.ts'
import { isSuccess } from './observed.ts'

const SERVER_ERROR = 500
/** That the profile can be read. */
const PROFILE = 'MSTORE-PROFILE-01'
/** That the response is the one the formula gives. */
const RIGHT_RESPONSE = 'MSTORE-AUTH-26'

/**
 * What a server violates that serves nothing at all, and so not even the profile: that it asks for credentials, that
 * it takes right ones, or that there is a profile. Null where it has the profile.
 */
export async function nothingServed(node: MStoreNode, mailbox: Mailbox): Promise<string | null> {
  const { msisdn, subscriber } = mailbox
  const call = await node.client.call(getProfile(msisdn), { subscriber })
  const result = finalResult(call)
  const status = result.kind === 'answered' ? result.answer.status : null
  if (isSuccess(status)) return null
  if (call.second === null) return status === null ? PROFILE : CHALLENGED
  const isBroken = status === null || status >= SERVER_ERROR
  return isBroken ? PROFILE : await refusedCredentials(node, mailbox)
}

/** What a server violates that refuses right credentials: what it takes instead, or where that is nothing, the formula itself. */
export async function refusedCredentials(node: MStoreNode, mailbox: Mailbox): Promise<string> {
  return (await acceptedInstead(node, mailbox)) ?? RIGHT_RESPONSE
}
