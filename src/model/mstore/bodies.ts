import type { Ask } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged } from '../protocol-model.ts'
import type { MStoreSeen } from './seen.ts'
import type { MStoreState } from './state.ts'
import { refusedState } from './doubts.ts'
import { allowed, isGranted, isWorkedOn, notRefused } from './verdicts.ts'

/** Ways in which the JSON of a request is none, or another. */
const BODY_DEVIATIONS = ['cut in half', 'no JSON', 'an empty object', 'an empty list'] as const

/** Ways in which it is nearly JSON, or says more: it is refused, or read as it is meant (E-56). */
const NEARLY_JSON: readonly string[] = [
  'with a comma too many',
  'with something behind it',
  'in single quotes',
  'with a comment',
  'behind a byte order mark',
  'with a member twice',
  'with a further member',
  'with a leading zero',
]
const NEARLY_PERCENT = 25

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

/** One of the bodies that an operation is tried with. */
export function drawBody({ mayBeTaken = false }: MalformedBodies, draw: Draw): string {
  if (mayBeTaken) return draw.oneOf(NO_JSON)
  return draw.oneOf<string>(draw.chance(NEARLY_PERCENT) ? NEARLY_JSON : BODY_DEVIATIONS)
}

/** A request with a malformed body, and what is said of it where it is read as it is meant. */
interface MalformedRequest {
  readonly ask: Ask
  readonly seen: MStoreSeen
  readonly served: () => Judged<MStoreState>
}

/** A request with a malformed body: it has no effect, and is refused where the specification says so. */
export function judgeBody(
  state: MStoreState,
  { ask, seen, served }: MalformedRequest,
  { effect = CUT, granted }: MalformedBodies,
): Judged<MStoreState> {
  const body = ask.values['body'] ?? ''
  const refused = allowed(refusedState(state, { ask }, effect))
  if (NEARLY_JSON.includes(body))
    return isWorkedOn(seen) && granted !== undefined ? served() : either(served(), refused)
  if (NO_JSON.includes(body) && granted !== undefined && isGranted(seen))
    return notRefused(granted, ask, seen)
  return refused
}

/** What may be so where a body was read as it is meant, or as none. */
function either(served: Judged<MStoreState>, refused: Judged<MStoreState>): Judged<MStoreState> {
  if (served.kind === 'violated' || refused.kind === 'violated') return refused
  return { ...refused, next: [...refused.next, ...served.next] }
}
