import {
  type AuthorizationMistake,
  type BasicCredentials,
  FIRST_DEVICE,
} from '#protocol/relay/credentials.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { decided, decidedBySteps } from '#mocks/engine/decision.ts'
import type { StepResult, Steps } from '#mocks/engine/steps.ts'
import {
  documentedAttributes,
  readAttributes,
  type AttributeRules,
  type AccountAttributes,
} from './attributes.ts'
import { readBody, refuseBody, type BadBody, type BodyRules } from './bodies.ts'
import type { RelayChange } from './changes.ts'
import { limit, type LimitRules } from './limits.ts'
import type { OutcomeOf } from './outcomes.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { Account } from './entities.ts'
import type { RawBody, RequestHead } from './requests.ts'
import type { DirectoryRules } from './directory.ts'
import type { ReachabilityRules } from './reachability.ts'
import type { AuthenticationRules } from './authentication.ts'

/** The rules that decide a confirmation. */
export interface ConfirmationRulebook {
  readonly confirmation: ConfirmationRules
  readonly directory: DirectoryRules
  readonly reachability: ReachabilityRules
  readonly authentication: AuthenticationRules
  readonly bodies: BodyRules
  readonly limits: LimitRules
}

/** What the rules of a confirmation may read. */
export type ConfirmationScene = RelayScene<ConfirmationRulebook>

/** `path` is the second part of the path: `accounts`, or `acccounts` as the documentation misprints it (E-01). */
export interface ConfirmCode extends RequestHead {
  readonly kind: 'confirm-code'
  readonly path: 'accounts' | 'acccounts'
  readonly code: string
  readonly body: RawBody
}

/** A number that is about to become an account. */
export interface Registration {
  readonly number: string
  readonly password: string
  readonly attributes: AccountAttributes
}

/** How a verification code is confirmed. */
export interface ConfirmationRules {
  /** Under which second part of the path; the relay spec misprints it (E-01). */
  readonly paths: readonly ConfirmCode['path'][]
  readonly order: readonly ConfirmationStep[]
  readonly attributes: AttributeRules
  /** What comes of a header that cannot be read. */
  readonly credentialsMistake: (
    fault: AuthorizationMistake,
    header: string | undefined,
  ) => 'no-credentials' | 'malformed-credentials' | 'crashed'
  /** Whether `given` is the code to confirm `number` with, which is empty where the header names none. */
  readonly matches: (given: string, number: string, pendingCodes: ReadonlyMap<string, string>) => boolean
  readonly isListedElsewhere: (number: string, scene: ConfirmationScene) => boolean
  /** The account made of a registration; `previous` is the one the number had. */
  readonly account: (registration: Registration, previous: Account | undefined) => Account
  /** What is kept of the registrationId of a device above 1 (E-32). */
  readonly addedRegistrationId: (registrationId: number) => number
  /** What becomes of an account that the number has before its code is judged, for a relay that comes to it so early. */
  readonly beforehand: (credentials: BasicCredentials, account: Account) => readonly RelayChange[]
  /** What becomes of the account. */
  readonly store: (account: Account, scene: ConfirmationScene) => readonly RelayChange[]
}

/** The checks of a confirmation, and what it does. */
export type ConfirmationStep =
  'credentials' | 'body' | 'limit' | 'beforehand' | 'code' | 'listing' | 'store' | 'use-code'

type ConfirmationKind = OutcomeOf<'confirm-code'>

/** How the relay spec confirms a code and makes an account (Confirm a verification code). */
export const documentedConfirmation: ConfirmationRules = {
  // RELAY-VERIFY-02, E-01
  paths: ['accounts', 'acccounts'],
  // RELAY-VERIFY-24; the code is judged, and lost, last (RELAY-VERIFY-22)
  order: ['credentials', 'body', 'limit', 'code', 'listing', 'store', 'use-code'],
  attributes: documentedAttributes,
  // E-12: badly formatted is all that credentials can be here
  credentialsMistake: ({ kind }) => (kind === 'no-header' ? 'no-credentials' : 'malformed-credentials'),
  // RELAY-VERIFY-05, RELAY-VERIFY-06, RELAY-VERIFY-07, RELAY-VERIFY-13
  matches: (given, number, pendingCodes) => pendingCodes.get(number) === given,
  // RELAY-VERIFY-10, E-13
  isListedElsewhere: (number, scene) => {
    const contact = scene.rulebook.directory.find(directoryToken(number), scene)
    return contact !== undefined && contact.relay !== null
  },
  // RELAY-VERIFY-11, RELAY-VERIFY-27: device 1, and no device or push id of an earlier account
  account: ({
    number,
    password,
    attributes: { supportsSms, signalingKey, registrationId, fetchesMessages },
  }) => ({
    number,
    supportsSms,
    devices: new Map([
      [
        FIRST_DEVICE,
        {
          id: FIRST_DEVICE,
          password,
          signalingKey,
          registrationId,
          fetchesMessages,
          gcmId: null,
          apnId: null,
        },
      ],
    ]),
  }),
  // E-32: like device 1
  addedRegistrationId: (registrationId) => registrationId,
  // RELAY-VERIFY-34
  beforehand: () => [],
  // RELAY-VERIFY-03
  store: (account) => [{ kind: 'account-stored', account }],
}

/** What a confirmation is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface Confirmation {
  readonly code: string
  readonly header: string | undefined
  readonly credentials: BasicCredentials | AuthorizationMistake
  readonly attributes: AccountAttributes | BadBody
  readonly scene: ConfirmationScene
}

const steps: Steps<ConfirmationStep, Confirmation, ConfirmationKind, RelayChange> = {
  credentials: (request) =>
    request.credentials.kind === 'credentials'
      ? { kind: 'passed' }
      : badCredentials(request.credentials, request),
  body: ({ attributes }) => (attributes.kind === 'attributes' ? { kind: 'passed' } : refuseBody(attributes)),
  limit: ({ credentials, scene }) =>
    credentials.kind === 'credentials'
      ? limit('verify', { number: credentials.number }, scene)
      : { kind: 'passed' },
  beforehand: ({ credentials, scene: { rulebook, state } }) => {
    const account = credentials.kind === 'credentials' ? state.accounts.get(credentials.number) : undefined
    return credentials.kind !== 'credentials' || account === undefined
      ? { kind: 'passed' }
      : { kind: 'passed', changes: rulebook.confirmation.beforehand(credentials, account) }
  },
  code: ({ code, credentials, scene: { rulebook, state } }) => {
    const number = credentials.kind === 'credentials' ? credentials.number : ''
    return rulebook.confirmation.matches(code, number, state.pendingCodes)
      ? { kind: 'passed' }
      : {
          kind: 'refused',
          as: refusedCode(number, state),
          notes: [`not the pending code of ${number || 'anybody'}`],
        }
  },
  listing: ({ credentials, scene }) =>
    credentials.kind === 'credentials' &&
    scene.rulebook.confirmation.isListedElsewhere(credentials.number, scene)
      ? { kind: 'refused', as: 'listed-elsewhere' }
      : { kind: 'passed' },
  store: (request) => {
    const { credentials, attributes, scene } = request
    if (credentials.kind !== 'credentials') return badCredentials(credentials, request)
    if (attributes.kind !== 'attributes') return refuseBody(attributes)
    const { number, password } = credentials
    const { account, store } = scene.rulebook.confirmation
    const confirmed = account({ number, password, attributes }, scene.state.accounts.get(number))
    return { kind: 'passed', changes: store(confirmed, scene) }
  },
  // RELAY-VERIFY-21
  'use-code': ({ credentials }) =>
    credentials.kind === 'credentials'
      ? { kind: 'passed', changes: [{ kind: 'code-used', number: credentials.number }] }
      : { kind: 'passed' },
}

function refusedCode(number: string, { pendingCodes }: ConfirmationScene['state']): 'wrong-code' | 'no-code' {
  return number === '' || pendingCodes.has(number) ? 'wrong-code' : 'no-code'
}

function badCredentials(
  fault: AuthorizationMistake,
  { header, scene }: Confirmation,
): StepResult<ConfirmationKind, never> {
  const as = scene.rulebook.confirmation.credentialsMistake(fault, header)
  return { kind: 'refused', as, notes: [fault.reason] }
}

/** Decides the confirmation of a verification code. */
export function decideConfirmation(event: ConfirmCode, scene: ConfirmationScene): RelayDecision {
  const { confirmation, authentication, bodies } = scene.rulebook
  const operation = 'confirm-code'
  const misprint = event.path === 'accounts' ? [] : [`misprinted path /v1/${event.path}/ (E-01)`]
  if (!confirmation.paths.includes(event.path)) return decided(operation, 'not-found', { notes: misprint })
  const body = readBody(event.body, bodies, operation)
  const read: Confirmation = {
    code: event.code,
    header: event.authorization,
    credentials: authentication.read(event.authorization, operation),
    attributes: body.kind === 'object' ? readAttributes(body.members, confirmation.attributes, bodies) : body,
    scene,
  }
  const decision = decidedBySteps(operation, 'confirmed', { order: confirmation.order, steps, context: read })
  return { ...decision, notes: [...misprint, ...decision.notes] }
}
