import { authenticate } from './authentication.ts'
import { decideBulkDelete } from './bulk-delete.ts'
import { decideBulkUpdate } from './bulk-update.ts'
import { bodyOf } from './bodies.ts'
import { challenge } from './challenge.ts'
import { withoutExpired } from './expiry.ts'
import { decideFlag } from './flags.ts'
import { decideFolder } from './folders.ts'
import type { StoredMailbox } from './mailbox.ts'
import type { CommonRefusal, MStoreDecision, MStoreContent, MStoreOperation } from './outcomes.ts'
import { decideObject } from './objects.ts'
import { decidePayload } from './payloads.ts'
import { decideProfileRead, decideProfileWrite } from './profile.ts'
import type { MStoreRequest } from './requests.ts'
import { routeOf, type MStoreRoute } from './routes.ts'
import type { AuthorizedRequest, MStoreScene } from './scene.ts'
import { decideSearch } from './search.ts'
import { decideUpload } from './uploads.ts'

/** What is looked at before an endpoint decides, by name. */
export type RequestCheck = 'agent' | 'filter' | 'credentials' | 'path' | 'method' | 'body'

/** The order in which requests are looked at. */
export interface CheckRules {
  readonly order: readonly RequestCheck[]
}

export const documentedChecks: CheckRules = {
  // E-33: the page says neither on which leg a wrong User-Agent is told, nor on which a missing filter
  order: ['agent', 'credentials', 'path', 'method', 'body'],
}

/** A request on its way through the checks. */
interface CheckContext {
  readonly request: MStoreRequest
  readonly route: MStoreRoute
  readonly scene: MStoreScene
}

/** What a check that lets a request pass leaves behind. */
type Passed = Pick<MStoreDecision, 'changes' | 'notes'> & { readonly kind: 'passed' }
type Refused = MStoreDecision & { readonly kind: 'refused' }

/**
 * What a request leads to. Pure: the state is read and not written, time and chance come from the scene's
 * world. Whoever asks applies the changes before the next request is decided.
 */
export function decide(request: MStoreRequest, scene: MStoreScene): MStoreDecision {
  const underway = { request, route: routeOf(request, scene.rulebook.routes), scene }
  const passed: Passed[] = []
  for (const name of scene.rulebook.checks.order) {
    const checked = checks[name](underway)
    if (checked.kind === 'refused') return after(passed, checked)
    passed.push(checked)
  }
  return after(passed, act(underway))
}

function after(passed: readonly Passed[], { outcome, changes, notes }: MStoreDecision): MStoreDecision {
  return {
    outcome,
    changes: [...passed.flatMap((each) => each.changes), ...changes],
    notes: [...passed.flatMap((each) => each.notes), ...notes],
  }
}

const checks: Readonly<Record<RequestCheck, (underway: CheckContext) => Passed | Refused>> = {
  agent: ({ request: { userAgent }, route, scene }) => {
    if (scene.rulebook.authentication.servesAgent(userAgent)) return nothing
    const shown = userAgent === undefined ? 'none' : JSON.stringify(userAgent.slice(0, 60))
    return refusal(route.operation, 'wrong-agent', `User-Agent: expected 3gpp-gba, got ${shown}`)
  },
  filter: ({ route }) =>
    route.kind === 'operation' &&
    route.target.endpoint.kind === 'folder' &&
    route.target.endpoint.filter === null
      ? {
          kind: 'refused',
          outcome: { operation: 'read-folder', kind: 'no-filter', content: none },
          changes: [],
          notes: ['no attrFilter'],
        }
      : nothing,
  credentials: askForCredentials,
  path: ({ route }) =>
    route.kind === 'unknown-path' ? refusal('none', 'unknown-path', route.reason) : nothing,
  method: ({ route }) =>
    route.kind === 'unknown-method' ? refusal('none', 'unknown-method', route.reason) : nothing,
  body: ({ request, route, scene }) => {
    const body = bodyOf(request, scene.rulebook.bodies)
    return typeof body === 'string' ? refusal(route.operation, 'malformed', `body: ${body}`) : nothing
  },
}

function askForCredentials(underway: CheckContext): Passed | Refused {
  const { request, route, scene } = underway
  const authentication = authenticate(request, route, scene)
  const { changes, notes } = authentication
  if (authentication.kind === 'caller') return { kind: 'passed', changes, notes }
  const { fault, stale } = authentication
  const isAsked = fault !== 'foreign-mailbox' && fault !== 'crashed'
  const asked = isAsked ? challenge(stale, request.connection, scene) : { headers: [], changes: [] }
  const acts = scene.rulebook.authentication.actsWhenRefused(route.operation, fault)
  return {
    kind: 'refused',
    outcome: { operation: route.operation, kind: fault, content: none, headers: asked.headers },
    changes: [...changes, ...asked.changes, ...(acts ? act(underway).changes : [])],
    notes,
  }
}

/** Lets the endpoint of a request decide; what has expired in the mailbox is gone before. */
function act({ request, route, scene }: CheckContext): MStoreDecision {
  if (route.kind !== 'operation') return refusal('none', route.kind, route.reason)
  const { operation, target } = route
  const body = bodyOf(request, scene.rulebook.bodies)
  if (typeof body === 'string') return refusal(operation, 'malformed', `body: ${body}`)
  const stored: StoredMailbox | undefined = scene.state.mailboxes.get(target.msisdn)
  if (stored === undefined) return refusal(operation, 'foreign-mailbox', `no mailbox ${target.msisdn}`)
  const { mailbox, changes } = withoutExpired(stored, scene.world.nowMs(target.msisdn), scene.rulebook.expiry)
  const decision = deciders[operation]({ ...scene, request, target, mailbox, body })
  return { ...decision, changes: [...changes, ...decision.changes] }
}

const deciders: Readonly<
  Record<Exclude<MStoreOperation, 'none'>, (admitted: AuthorizedRequest) => MStoreDecision>
> = {
  'read-profile': decideProfileRead,
  'write-profile': decideProfileWrite,
  'change-pin': decideProfileWrite,
  'read-folder': decideFolder,
  'read-object': decideObject,
  'read-payload': decidePayload,
  'set-flag': decideFlag,
  'clear-flag': decideFlag,
  search: decideSearch,
  'bulk-update': decideBulkUpdate,
  'bulk-delete': decideBulkDelete,
  upload: decideUpload,
}

const none: MStoreContent = { kind: 'none' }
const nothing: Passed = { kind: 'passed', changes: [], notes: [] }

function refusal(operation: MStoreOperation, kind: CommonRefusal, note: string): Refused {
  return { kind: 'refused', outcome: { operation, kind, content: none }, changes: [], notes: [note] }
}
