import type { Ask } from '../ask.ts'
import type { Judged, Violated } from '../protocol-model.ts'
import type { MStoreSeen } from './seen.ts'
import { refusedState } from './doubts.ts'
import type { MStoreState } from './state.ts'

const SERVER_ERROR = 500

/** Whether a request was granted: the mStore spec gives no status of success exactly. */
export function isGranted({ status }: Pick<MStoreSeen, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300
}

/** Whether a request had its effect as far as the answer says: it was granted, or has results whatever its status. */
export function isWorkedOn(seen: MStoreSeen): boolean {
  const { results = [] } = seen
  return isGranted(seen) || (results !== 'hidden' && results.some(({ isSuccess }) => isSuccess))
}

/** The specification allows the answer, and this is so afterwards. */
export function allowed(next: MStoreState | readonly MStoreState[], ...kept: string[]): Judged<MStoreState> {
  return { kind: 'allowed', next: 'mailboxes' in next ? [next] : next, kept }
}

/** The answer violates a requirement. */
export function violated(
  requirement: string,
  thing: string,
  [expected, got]: readonly [string, string],
): Violated {
  return { kind: 'violated', requirement, thing, expected, got }
}

/** The answer to an ask that had to be granted and was not. */
export function notGranted(requirement: string, { party, operation }: Ask, { text }: MStoreSeen): Violated {
  return violated(requirement, `${operation} of ${party}`, ['a status from 200 to 299', text])
}

/** The answer to an ask that had to be refused and was not. */
export function notRefused(requirement: string, { party, operation }: Ask, { text }: MStoreSeen): Violated {
  return violated(requirement, `${operation} of ${party}`, ['a refusal', text])
}

/** An answer to an ask that had to be granted, which cannot be read. */
export function notReadable(
  requirement: string,
  { party, operation }: Ask,
  { text, misread }: MStoreSeen,
): Violated {
  return violated(requirement, `answer to ${operation} of ${party}`, [
    'one that can be read',
    misread ?? text,
  ])
}

/**
 * An ask that must be refused: a success violates `requirement`, which a difference that is seen next violates too.
 * No answer at all, and a failure of the server, are no success.
 */
export function mustBeRefused(
  state: MStoreState,
  { ask, seen, owner = ask.party }: { readonly ask: Ask; readonly seen: MStoreSeen; readonly owner?: string },
  requirement: string,
): Judged<MStoreState> {
  if (isWorkedOn(seen)) return notRefused(requirement, ask, seen)
  return allowed(refusedState(state, { ask, owner }, requirement), requirement)
}

/** Whether a server failed, where it was asked for something ordinary. */
export function hasFailed({ status }: MStoreSeen): boolean {
  return status === null || status >= SERVER_ERROR
}
