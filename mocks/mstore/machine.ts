import { decided } from './decisions.ts'
import { authenticate, type RefusedAuthentication } from './authentication.ts'
import { bodyOf } from './bodies.ts'
import { challenge } from './challenge.ts'
import type { MStoreStateChange } from './changes.ts'
import type { RequestCheck } from './checks.ts'
import { withoutExpired } from './expiry.ts'
import { OPERATIONS } from './operations.ts'
import type { MStoreDecision } from './outcomes.ts'
import type { CommonRefusal } from './refusals.ts'
import type { MStoreRequest } from './requests.ts'
import { routeOf, targetNotes, type MStoreRoute } from './routes.ts'
import type { MStoreRulebook } from './rulebook.ts'
import type { MStoreScene } from './scene.ts'

/** A request on its way through the checks. */
interface CheckContext {
  readonly request: MStoreRequest
  readonly route: MStoreRoute
  readonly body: MStoreRequest['body']
  readonly scene: MStoreScene<MStoreRulebook>
}

/** What a check comes to: the request goes on, or it is refused. Either way the changes are made. */
type CheckResult =
  | {
      readonly kind: 'passed'
      readonly changes: readonly MStoreStateChange[]
      readonly notes: readonly string[]
    }
  | { readonly kind: 'refused'; readonly decision: MStoreDecision }

/**
 * What a request leads to. Pure: the state is read and not written, time and chance come from the scene's
 * world. The caller applies the changes before the next request is decided.
 */
export function decide(request: MStoreRequest, scene: MStoreScene<MStoreRulebook>): MStoreDecision {
  const { routes, consequences } = scene.rulebook
  const decision = consequences.settled(judge(request, scene), request, scene)
  const notes = targetNotes(routeOf(request, routes))
  return notes.length === 0 ? decision : { ...decision, notes: [...decision.notes, ...notes] }
}

/** Passes a request through the checks of the rulebook, and lets its operation decide it where none refuses. */
function judge(request: MStoreRequest, scene: MStoreScene<MStoreRulebook>): MStoreDecision {
  const { routes, bodies, checks } = scene.rulebook
  const route = routeOf(request, routes)
  const context = { request, route, body: bodyOf(request, route.operation, bodies), scene }
  const changes: MStoreStateChange[] = []
  const notes: string[] = []
  for (const name of checks.order) {
    const result = CHECKS[name](context)
    if (result.kind === 'refused') return behind({ changes, notes }, result.decision)
    changes.push(...result.changes)
    notes.push(...result.notes)
  }
  return behind({ changes, notes }, act(context))
}

/** A decision with the changes and the notes of the checks before it. */
function behind(
  { changes, notes }: Pick<MStoreDecision, 'changes' | 'notes'>,
  decision: MStoreDecision,
): MStoreDecision {
  return {
    ...decision,
    changes: [...changes, ...decision.changes],
    notes: [...notes, ...decision.notes],
  }
}

const PASSED: CheckResult = { kind: 'passed', changes: [], notes: [] }

const CHECKS: Readonly<Record<RequestCheck, (context: CheckContext) => CheckResult>> = {
  agent: ({ request: { userAgent }, route, scene }) => {
    if (scene.rulebook.authentication.servesAgent(userAgent, route.operation)) return PASSED
    const shown = userAgent === undefined ? 'none' : JSON.stringify(userAgent.slice(0, 60))
    return refused(refusal(route, 'wrong-agent', `User-Agent: expected 3gpp-gba, got ${shown}`))
  },
  filter: ({ route }) => {
    const endpoint = route.kind === 'operation' ? route.target.endpoint : null
    if (endpoint?.kind !== 'folder' || endpoint.filter !== null) return PASSED
    return refused(decided('read-folder', 'no-filter', { notes: ['no attrFilter'] }))
  },
  credentials: (context) => {
    const authentication = authenticate(context.request, context.route, context.scene)
    const { changes, notes } = authentication
    if (authentication.kind === 'accepted') return { kind: 'passed', changes, notes }
    return refused(credentialsRefusal(authentication, context))
  },
  path: ({ route }) =>
    route.kind === 'unknown-path' ? refused(refusal(route, route.kind, route.reason)) : PASSED,
  method: ({ route }) =>
    route.kind === 'unknown-method' ? refused(refusal(route, route.kind, route.reason)) : PASSED,
  body: ({ route, body }) =>
    typeof body === 'string' ? refused(refusal(route, 'malformed', `body: ${body}`)) : PASSED,
}

function refused(decision: MStoreDecision): CheckResult {
  return { kind: 'refused', decision }
}

function refusal({ operation }: MStoreRoute, kind: CommonRefusal, note: string): MStoreDecision {
  return decided(operation, kind, { notes: [note] })
}

/** The refusal of a request for its credentials, with a new challenge where other credentials could be accepted. */
function credentialsRefusal(
  { refusal: kind, stale, changes, notes }: RefusedAuthentication,
  context: CheckContext,
): MStoreDecision {
  const { request, route, scene } = context
  const isAsked = kind !== 'foreign-mailbox' && kind !== 'crashed'
  const asked = isAsked ? challenge(stale, request, scene) : { headers: [], changes: [] }
  return decided(route.operation, kind, {
    headers: asked.headers,
    changes: [...changes, ...asked.changes, ...changesAllTheSame(kind, context)],
    notes,
  })
}

/** What a request changes although its credentials are refused: nothing, save under a fault. */
function changesAllTheSame(
  kind: RefusedAuthentication['refusal'],
  context: CheckContext,
): readonly MStoreStateChange[] {
  const { actsWhenRefused } = context.scene.rulebook.authentication
  return actsWhenRefused(context.route.operation, kind) ? act(context).changes : []
}

/** Lets the operation of a request decide; what has expired in the mailbox is gone before. */
function act({ request, route, body, scene }: CheckContext): MStoreDecision {
  if (route.kind !== 'operation') return refusal(route, route.kind, route.reason)
  if (typeof body === 'string') return refusal(route, 'malformed', `body: ${body}`)
  const { operation, target } = route
  const stored = scene.rulebook.routes.mailbox(target.msisdn, scene.state.mailboxes)
  if (stored === undefined) return refusal(route, 'foreign-mailbox', `no mailbox ${target.msisdn}`)
  const { expiry } = scene.rulebook
  const nowMs = scene.world.nowMs(target.msisdn)
  const aged = expiry.aged(stored, nowMs)
  const left = withoutExpired(aged, nowMs, expiry)
  const { mailbox, changes } = expiry.isSeenBy(operation) ? left : { mailbox: aged, changes: [] }
  const decision = OPERATIONS[operation].decide({ ...scene, request, target, mailbox, body })
  return behind({ changes, notes: [] }, decision)
}
