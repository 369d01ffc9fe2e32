import type { Ask } from '../ask.ts'
import type { Judged } from '../protocol-model.ts'
import type { MStoreSeen } from './seen.ts'
import type { MStoreState } from './state.ts'
import { refusedState } from './doubts.ts'
import { allowed, isGranted, notRefused } from './verdicts.ts'

/** Ways in which the JSON of a request is none, or another. */
const BODY_DEVIATIONS = ['cut in half', 'no JSON', 'an empty object', 'an empty list'] as const

/** What is violated where malformed JSON has an effect, and where it is granted. */
export interface MalformedBodies {
  readonly effect?: string
  /** Of what is no JSON at all; left out where nothing says that it must be refused. */
  readonly granted?: string
  /** Whether JSON of another shape may be taken for something, so that only what is no JSON is sent. */
  readonly mayBeTaken?: boolean
}

/** That bodies which were cut never take effect. */
const CUT = 'MSTORE-ERROR-12'

const NO_JSON: readonly string[] = ['cut in half', 'no JSON']

/** The bodies that an operation is tried with. */
export function malformedBodies({ mayBeTaken = false }: MalformedBodies): readonly string[] {
  return mayBeTaken ? NO_JSON : BODY_DEVIATIONS
}

/** A request with a malformed body: it has no effect, and is refused where the specification says so. */
export function judgeBody(
  state: MStoreState,
  { ask, seen }: { readonly ask: Ask; readonly seen: MStoreSeen },
  { effect = CUT, granted }: MalformedBodies,
): Judged<MStoreState> {
  const isNoJson = NO_JSON.includes(ask.values['body'] ?? '')
  if (isNoJson && granted !== undefined && isGranted(seen)) return notRefused(granted, ask, seen)
  return allowed(refusedState(state, { ask }, effect))
}
