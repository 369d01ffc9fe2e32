import type { AuthorizationFault, BasicCredentials } from '#protocol/relay/credentials.ts'
import { FIRST_DEVICE } from '#protocol/relay/credentials.ts'
import { parseSignalingKey } from '#protocol/relay/signaling-key.ts'
import { inOrder, takeSteps, type StepResult, type Steps } from '#mocks/rules/steps.ts'
import {
  incomplete,
  mistyped,
  readBody,
  refuseBody,
  type BadBody,
  type BodyRules,
  type Members,
} from './bodies.ts'
import type { Change } from './changes.ts'
import type { ConfirmCode } from './events.ts'
import { limit } from './limits.ts'
import type { Decision, OutcomeKinds } from './outcomes.ts'
import type { Scene } from './scene.ts'
import type { Account } from './state.ts'

/** What a client says of itself when it confirms its number (page, Confirm a verification code). */
export interface Attributes {
  readonly kind: 'attributes'
  readonly signalingKey: string
  readonly supportsSms: boolean
  readonly registrationId: number
}

/** A number that is about to become an account. */
export interface Registration {
  readonly number: string
  readonly password: string
  readonly attributes: Attributes
}

/** How a verification code is confirmed. */
export interface ConfirmationRules {
  /** Under which second part of the path; the page misprints it (E-01). */
  readonly paths: readonly ConfirmCode['path'][]
  readonly order: readonly ConfirmationStep[]
  readonly attributes: (members: Members, rules: BodyRules) => Attributes | BadBody
  /** Whether `given` is the code to confirm `number` with. */
  readonly matches: (given: string, number: string, pendingCodes: ReadonlyMap<string, string>) => boolean
  readonly isListedElsewhere: (number: string, scene: Scene) => boolean
  /** The account made of a registration; `previous` is the one the number had. */
  readonly account: (registration: Registration, previous: Account | undefined) => Account
  /** What is kept of the registrationId of a device above 1 (E-32). */
  readonly addedRegistrationId: (registrationId: number) => number
  /** What a confirmation changes. */
  readonly confirm: (account: Account) => readonly Change[]
}

export type ConfirmationStep = 'credentials' | 'body' | 'limit' | 'code' | 'listing' | 'confirm'

type Kind = OutcomeKinds['confirm-code']

const GREATEST_REGISTRATION_ID = 0x3fff

export const documentedConfirmation: ConfirmationRules = {
  // RELAY-VERIFY-02, R2
  paths: ['accounts', 'acccounts'],
  // RELAY-VERIFY-24; the code is judged, and lost, last (RELAY-VERIFY-22)
  order: ['credentials', 'body', 'limit', 'code', 'listing', 'confirm'],
  attributes: readAttributes,
  // RELAY-VERIFY-05, RELAY-VERIFY-06, RELAY-VERIFY-07, RELAY-VERIFY-13
  matches: (given, number, pendingCodes) => pendingCodes.get(number) === given,
  // RELAY-VERIFY-10, E-13
  isListedElsewhere: () => false,
  // RELAY-VERIFY-11, RELAY-VERIFY-27: device 1, and no device or push id of an earlier account
  account: ({ number, password, attributes: { signalingKey, supportsSms, registrationId } }) => ({
    number,
    supportsSms,
    devices: new Map([
      [FIRST_DEVICE, { id: FIRST_DEVICE, password, signalingKey, registrationId, gcmId: null, apnId: null }],
    ]),
  }),
  // E-32: like device 1
  addedRegistrationId: (registrationId) => registrationId,
  // RELAY-VERIFY-21
  confirm: (account) => [
    { kind: 'account-stored', account },
    { kind: 'code-used', number: account.number },
  ],
}

/** Reads the members of the body: signalingKey of 52 bytes, registrationId of 14 bits, supportsSms or false. */
function readAttributes(members: Members, rules: BodyRules): Attributes | BadBody {
  const { signalingKey, registrationId, supportsSms = false } = members
  if (rules.isMissing(signalingKey)) return incomplete('signalingKey')
  if (rules.isMissing(registrationId)) return incomplete('registrationId')
  const key = rules.text(signalingKey)
  const id = rules.integer(registrationId)
  const sms = rules.flag(supportsSms)
  // RELAY-VERIFY-17, E-18: padded or not
  if (key === undefined || parseSignalingKey(key).kind === 'fault')
    return mistyped('signalingKey', 'Base64 of 52 bytes')
  if (id === undefined || id < 0 || id > GREATEST_REGISTRATION_ID)
    return mistyped('registrationId', `0 to ${GREATEST_REGISTRATION_ID}`)
  if (sms === undefined) return mistyped('supportsSms', 'true or false')
  return { kind: 'attributes', signalingKey: key, registrationId: id, supportsSms: sms }
}

/** What a confirmation is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface Confirmation {
  readonly code: string
  readonly credentials: BasicCredentials | AuthorizationFault
  readonly attributes: Attributes | BadBody
  readonly scene: Scene
}

const steps: Steps<ConfirmationStep, Confirmation, Kind, Change> = {
  credentials: ({ credentials }) =>
    credentials.kind === 'credentials' ? { kind: 'passed' } : badCredentials(credentials),
  body: ({ attributes }) => (attributes.kind === 'attributes' ? { kind: 'passed' } : refuseBody(attributes)),
  limit: ({ credentials, scene }) =>
    credentials.kind === 'credentials'
      ? limit('verify', { number: credentials.number }, scene)
      : { kind: 'passed' },
  code: ({ code, credentials, scene: { rulebook, state } }) =>
    credentials.kind !== 'credentials' ||
    rulebook.confirmation.matches(code, credentials.number, state.pendingCodes)
      ? { kind: 'passed' }
      : { kind: 'refused', as: 'wrong-code', notes: [`not the pending code of ${credentials.number}`] },
  listing: ({ credentials, scene }) =>
    credentials.kind === 'credentials' &&
    scene.rulebook.confirmation.isListedElsewhere(credentials.number, scene)
      ? { kind: 'refused', as: 'listed-elsewhere' }
      : { kind: 'passed' },
  confirm: ({ credentials, attributes, scene: { rulebook, state } }) => {
    if (credentials.kind !== 'credentials') return badCredentials(credentials)
    if (attributes.kind !== 'attributes') return refuseBody(attributes)
    const { number, password } = credentials
    const { account, confirm } = rulebook.confirmation
    const confirmed = account({ number, password, attributes }, state.accounts.get(number))
    return { kind: 'passed', changes: confirm(confirmed) }
  },
}

function badCredentials({ kind, reason }: AuthorizationFault): StepResult<Kind, never> {
  const as = kind === 'no-header' ? 'no-credentials' : 'malformed-credentials'
  return { kind: 'refused', as, notes: [reason] }
}

/** Decides the confirmation of a verification code. */
export function decideConfirmation(event: ConfirmCode, scene: Scene): Decision {
  const { confirmation, authentication, bodies } = scene.rulebook
  const operation = 'confirm-code'
  const misprint = event.path === 'accounts' ? [] : [`misprinted path /v1/${event.path}/ (E-01)`]
  if (!confirmation.paths.includes(event.path))
    return {
      outcome: { operation, kind: 'not-found', content: { kind: 'none' } },
      changes: [],
      notes: misprint,
    }
  const body = readBody(event.body, bodies, operation)
  const read: Confirmation = {
    code: event.code,
    credentials: authentication.read(event.authorization, operation),
    attributes: body.kind === 'object' ? confirmation.attributes(body.members, bodies) : body,
    scene,
  }
  const taken = takeSteps('confirmed', inOrder(confirmation.order, steps, read))
  const { kind, content, changes, notes } = taken
  return { outcome: { operation, kind, content }, changes, notes: [...misprint, ...notes] }
}
