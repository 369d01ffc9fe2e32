import type { AuthorizationMistake, BasicCredentials } from '#protocol/relay/credentials.ts'
import { decided, decidedBySteps } from '#mocks/engine/decision.ts'
import { type StepResult, type Steps } from '#mocks/engine/steps.ts'
import { readAttributes, type AccountAttributes } from './attributes.ts'
import {
  authenticate,
  callersOnly,
  type Caller,
  type Unauthenticated,
  type AuthenticationRules,
} from './authentication.ts'
import { readBody, refuseBody, type BadBody, type BodyRules } from './bodies.ts'
import type { RelayChange } from './changes.ts'
import { limit, type LimitRules } from './limits.ts'
import type { OutcomeOf } from './outcomes.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { Account, Device } from './entities.ts'
import type { RawBody, RequestHead } from './requests.ts'
import type { ConfirmationRules } from './confirmation.ts'

/** The rules that decide a device to be added. */
export interface ProvisioningRulebook {
  readonly provisioning: ProvisioningRules
  readonly confirmation: ConfirmationRules
  readonly authentication: AuthenticationRules
  readonly bodies: BodyRules
  readonly limits: LimitRules
}

/** What the rules of adding devices may read. */
export type ProvisioningScene = RelayScene<ProvisioningRulebook>

/** A device asks for a code with which another device of its account can be added. */
export interface ProvisionDevice extends RequestHead {
  readonly kind: 'provision-device'
}

/** The new device confirms that code; the header has its password. */
export interface AddDevice extends RequestHead {
  readonly kind: 'add-device'
  readonly code: string
  readonly body: RawBody
}

/**
 * How an account gets a second device: one that it has asks for a code, and the new one confirms it. The relay spec
 * uses such devices and has no operation that makes one (E-30).
 */
export interface ProvisioningRules {
  /** Whether there are such operations at all. */
  readonly isOffered: boolean
  readonly codeOrder: readonly ProvisionStep[]
  readonly addOrder: readonly AddStep[]
  /** A new code, as digits. */
  readonly draw: (scene: ProvisioningScene) => string
  /** What changes where a device is added to an account, by a request or by the control plane. */
  readonly stored: (account: Account, device: Device) => readonly RelayChange[]
}

/** The checks of a request for a code by which a device is added, and its issue. */
export type ProvisionStep = 'authenticate' | 'limit' | 'issue'
/** The checks of a request to add a device, and what it does. */
export type AddStep = 'body' | 'credentials' | 'limit' | 'code' | 'add' | 'use-code'

/** How further devices are added, which the relay spec presupposes and does not define. */
export const documentedProvisioning: ProvisioningRules = {
  // E-30
  isOffered: false,
  codeOrder: ['authenticate', 'limit', 'issue'],
  addOrder: ['body', 'credentials', 'limit', 'code', 'add', 'use-code'],
  draw: ({ world }) => String(world.randomInt(100_000, 1_000_000)),
  stored: ({ number }, device) => [{ kind: 'device-stored', number, device }],
}

/** What a new device says of itself; `registrationId` as it is kept. */
export type AddedDevice = Pick<Device, 'password' | 'signalingKey' | 'registrationId' | 'fetchesMessages'>

/** The device as the next one of the account: its id is one above the highest there is. */
export function nextDevice({ devices }: Account, added: AddedDevice): Device {
  return { id: Math.max(...devices.keys()) + 1, ...added, gcmId: null, apnId: null }
}

interface ProvisioningAttempt {
  readonly caller: Caller | Unauthenticated
  readonly scene: ProvisioningScene
}

type ProvisionKind = OutcomeOf<'provision-device'>

const codeSteps: Steps<ProvisionStep, ProvisioningAttempt, ProvisionKind, RelayChange> = {
  authenticate: ({ caller }) => callersOnly(caller),
  limit: ({ caller, scene }) =>
    caller.kind === 'caller'
      ? limit('allocateDevice', { number: caller.account.number }, scene)
      : callersOnly(caller),
  issue: ({ caller, scene }) => {
    if (caller.kind !== 'caller') return callersOnly(caller)
    const code = scene.rulebook.provisioning.draw(scene)
    return {
      kind: 'passed',
      content: { kind: 'json', value: { verificationCode: code } },
      changes: [{ kind: 'device-code-pending', number: caller.account.number, code }],
    }
  },
}

/** Decides a device's request for a code with which another device of its account can be added. */
export function decideProvisioning(
  { authorization }: ProvisionDevice,
  scene: ProvisioningScene,
): RelayDecision {
  const operation = 'provision-device'
  const { isOffered, codeOrder } = scene.rulebook.provisioning
  if (!isOffered) return notOffered(operation)
  const caller = authenticate(authorization, operation, scene)
  const asked = { caller, scene }
  return decidedBySteps(operation, 'provisioned', {
    order: codeOrder,
    steps: codeSteps,
    context: asked,
  })
}

/** What the addition of a device is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface Addition {
  readonly code: string
  readonly header: string | undefined
  readonly credentials: BasicCredentials | AuthorizationMistake
  readonly attributes: AccountAttributes | BadBody
  readonly scene: ProvisioningScene
}

type AddKind = OutcomeOf<'add-device'>

const addSteps: Steps<AddStep, Addition, AddKind, RelayChange> = {
  body: ({ attributes }) => (attributes.kind === 'attributes' ? { kind: 'passed' } : refuseBody(attributes)),
  credentials: (addition) =>
    addition.credentials.kind === 'credentials'
      ? { kind: 'passed' }
      : badCredentials(addition.credentials, addition),
  limit: ({ credentials, scene }) =>
    credentials.kind === 'credentials'
      ? limit('verifyDevice', { number: credentials.number }, scene)
      : { kind: 'passed' },
  code: ({ code, credentials, scene: { state } }) => {
    const number = credentials.kind === 'credentials' ? credentials.number : ''
    return state.pendingDeviceCodes.get(number) === code
      ? { kind: 'passed' }
      : { kind: 'refused', as: 'wrong-code', notes: [`not the pending code of ${number || 'anybody'}`] }
  },
  add: (addition) => {
    const { credentials, attributes, scene } = addition
    if (credentials.kind !== 'credentials') return badCredentials(credentials, addition)
    if (attributes.kind !== 'attributes') return refuseBody(attributes)
    const { number, password } = credentials
    const account = scene.state.accounts.get(number)
    if (account === undefined) return { kind: 'refused', as: 'wrong-code', notes: [`no account ${number}`] }
    const { signalingKey, fetchesMessages } = attributes
    const registrationId = scene.rulebook.confirmation.addedRegistrationId(attributes.registrationId)
    const device = nextDevice(account, { password, signalingKey, registrationId, fetchesMessages })
    return {
      kind: 'passed',
      content: { kind: 'json', value: { deviceId: device.id } },
      changes: scene.rulebook.provisioning.stored(account, device),
    }
  },
  'use-code': ({ credentials }) =>
    credentials.kind === 'credentials'
      ? { kind: 'passed', changes: [{ kind: 'device-code-used', number: credentials.number }] }
      : { kind: 'passed' },
}

function badCredentials(
  fault: AuthorizationMistake,
  { header, scene }: Addition,
): StepResult<AddKind, never> {
  const as = scene.rulebook.confirmation.credentialsMistake(fault, header)
  return { kind: 'refused', as, notes: [fault.reason] }
}

/** Decides the confirmation of such a code by the device that is to be added; a device in its username counts for nothing. */
export function decideAddition(event: AddDevice, scene: ProvisioningScene): RelayDecision {
  const { provisioning, confirmation, authentication, bodies } = scene.rulebook
  const operation = 'add-device'
  if (!provisioning.isOffered) return notOffered(operation)
  const body = readBody(event.body, bodies, operation)
  const addition: Addition = {
    code: event.code,
    header: event.authorization,
    credentials: authentication.read(event.authorization, operation),
    attributes: body.kind === 'object' ? readAttributes(body.members, confirmation.attributes, bodies) : body,
    scene,
  }
  return decidedBySteps(operation, 'added', {
    order: provisioning.addOrder,
    steps: addSteps,
    context: addition,
  })
}

function notOffered<const Operation extends 'provision-device' | 'add-device'>(operation: Operation) {
  return decided(operation, 'not-found', {
    notes: ['the relay spec has no operation that adds a device (E-30)'],
  })
}
