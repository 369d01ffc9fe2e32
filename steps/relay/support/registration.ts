import { DeclaredAbsent } from '#driver/capabilities/failures.ts'
import {
  confirm,
  requestCode,
  setPushId,
  uploadPrekeys,
  type ConfirmationAttributes,
  type Credentials,
  type PushKind,
} from '#driver/relay/operations.ts'
import { newPassword, newPushId, newRegistrationId, newSignalingKey } from '#driver/relay/parties.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { unguessableRandomness } from '../../shared/support/randomness.ts'
import type { Observed } from '../../shared/support/session.ts'
import { newPrekeys } from './prekey-set.ts'
import type { PartyDevice, Party } from './party.ts'
import { isOk, type RelaySession } from './session.ts'

/** What a scenario says about a registration; the rest is drawn. */
export interface RegistrationChoices {
  readonly password?: string
  readonly registrationId?: number | string
  readonly supportsSms?: boolean
  readonly push?: PushKind
  /** A pattern of the number, or how it differs from another party's, as `numberLike` reads it. */
  readonly number?: string
}

/** The username of a device: the bare number, or with its device (E-31). */
export function username(party: Party, deviceId = 1): string {
  const bare = deviceId === 1 && party.node.target.username === 'number'
  return bare ? party.number : `${party.number}.${deviceId}`
}

/** The credentials of a device. */
export function credentials(party: Party, deviceId = 1): Credentials {
  return { username: username(party, deviceId), password: party.device(deviceId).password }
}

/** A device with everything drawn that is not chosen; its secrets are made known, so that they stay hidden. */
export function drawDevice(
  session: RelaySession,
  party: Party,
  { id = 1, ...choices }: RegistrationChoices & { readonly id?: number } = {},
): PartyDevice {
  const taken = party.devices.map(({ registrationId }) => registrationId)
  const device: PartyDevice = {
    id,
    password: choices.password ?? newPassword(unguessable),
    signalingKey: newSignalingKey(unguessable),
    registrationId: choices.registrationId ?? drawOther(() => newRegistrationId(session.random), taken),
    pushIds: new Map(),
  }
  party.node.secrets.add(device.password, 'password')
  party.node.secrets.add(device.signalingKey, 'signalingKey')
  return device
}

const unguessable = unguessableRandomness()

function drawOther(draw: () => number, taken: readonly (number | string)[]): number {
  const drawn = draw()
  return taken.includes(drawn) ? drawOther(draw, taken) : drawn
}

/** Asks for a code, which must be granted. */
export async function askForCode(
  session: RelaySession,
  party: Party,
  { transport = 'sms', requirement }: { readonly transport?: string; readonly requirement?: string } = {},
): Promise<void> {
  await session.succeed(requestCode(transport, party.number), { node: party.node, requirement })
  party.codeFrom = { node: party.node, transport }
}

/** The code that was sent to the party last. */
export async function codeSent(party: Party): Promise<string> {
  const { node, transport } = party.codeFrom
  const code = await node.capabilities.verificationCodes.latest(party.number, transport)
  party.node.secrets.add(code, 'verification code')
  return code
}

/** The confirmation of a device 1 with that code. */
export function confirmation(party: Party, code: string, supportsSms = false): WireRequest {
  return confirm(credentials(party), code, attributes(party, party.device(), supportsSms))
}

/** A confirmation of the party's number with that code and everything new, which is meant to be refused. */
export function otherConfirmation(session: RelaySession, party: Party, code: string): WireRequest {
  const device = drawDevice(session, party)
  party.refused = device
  const { password } = device
  return confirm({ username: username(party), password }, code, attributes(party, device, false))
}

function attributes(
  party: Party,
  { signalingKey, registrationId }: PartyDevice,
  supportsSms: boolean,
): ConfirmationAttributes {
  const isText = party.node.target.registrationId === 'text'
  return { signalingKey, supportsSms, registrationId: isText ? String(registrationId) : registrationId }
}

/** Confirms the party, which has asked for a code, with a new device 1; it must be granted. */
export async function confirmParty(
  session: RelaySession,
  party: Party,
  choices: RegistrationChoices = {},
): Promise<void> {
  replaceDevices(party, drawDevice(session, party, choices))
  const request = confirmation(party, await codeSent(party), choices.supportsSms)
  const observed = await session.ask(request, party.node)
  if (observed.status === REGISTERED_ALREADY && party.former.length > 0) throw notAgain()
  if (!isOk(observed) && typeof choices.registrationId === 'string') throw noQuotes()
  const requirement = isOk(observed) ? undefined : await violatedByRefusal(session, choices)
  session.mustHaveSucceeded(request, observed, requirement)
}

/** The status of a number that is registered already (E-13). */
const REGISTERED_ALREADY = 417

/** The relay spec lists 417, so that what needs a second registration of a number is not asked of such a server. */
function notAgain(): DeclaredAbsent {
  return new DeclaredAbsent(
    'verificationCode',
    'a number that is registered cannot be registered again (417)',
  )
}

/** The relay spec prints a registration id in quotes and calls it an integer (E-03): a server need not take both. */
function noQuotes(): DeclaredAbsent {
  return new DeclaredAbsent('verificationCode', 'a registrationId in quotes is refused')
}

/**
 * The requirement that a refused confirmation violates. Where the scenario chose what was confirmed, and
 * a party of which nothing was chosen can be confirmed, it is the one the scenario is about.
 */
async function violatedByRefusal(
  session: RelaySession,
  { password, registrationId }: RegistrationChoices,
): Promise<string | undefined> {
  if (password === undefined && registrationId === undefined) return undefined
  await confirmFully(session, session.party('the ordinary party'))
  return session.check.requirement
}

/** That numbers of every country and length are well formed. */
const ANY_NUMBER = 'RELAY-CODE-15'

/** Asks for a code for the party and confirms it; both must be granted. */
export async function confirmFully(
  session: RelaySession,
  party: Party,
  choices: RegistrationChoices = {},
): Promise<void> {
  const requirement = choices.number === undefined ? undefined : ANY_NUMBER
  await askForCode(session, party, requirement === undefined ? {} : { requirement })
  await confirmParty(session, party, choices)
}

/** Makes `device` the only one of the party; the others become former ones. */
export function replaceDevices(party: Party, device: PartyDevice): void {
  party.former.push(...party.devices)
  party.devices.splice(0, party.devices.length, device)
}

/** Sets a push id for a device; it must be granted. */
export async function givePushId(
  session: RelaySession,
  party: Party,
  push: { kind: PushKind; id?: string; device?: number },
): Promise<void> {
  const { kind, id = newPushId(kind, session.random), device = 1 } = push
  const request = setPushId(kind, credentials(party, device), id)
  const observed = await session.ask(request, party.node)
  session.mustHaveSucceeded(request, withHint(observed))
  session.check.name(id, `push id of device ${device} of ${party.name}`)
  rememberPushId(party, { kind, id, device })
}

const NO_SUCH_OPERATION = [404, 405, 501]
const HINT = 'where devices are reachable without push ids: "reachableBy: confirmation" in the target file'

/** What came of setting a push id; where there is no such operation, with what the target file may say then. */
function withHint(observed: Observed): Observed {
  const isMissing = observed.status !== null && NO_SUCH_OPERATION.includes(observed.status)
  return isMissing ? { ...observed, text: `${observed.text} (${HINT})` } : observed
}

/** The device now has that push id and no other. */
export function rememberPushId(party: Party, push: { kind: PushKind; id: string; device?: number }): void {
  const { pushIds } = party.device(push.device)
  pushIds.clear()
  pushIds.set(push.kind, push.id)
}

/** Registers the party in the steps of the relay spec: a code, a confirmation, a push id. */
export async function register(
  session: RelaySession,
  party: Party,
  choices: RegistrationChoices = {},
): Promise<void> {
  await confirmFully(session, party, choices)
  if (party.node.target.reachableBy === 'push-id')
    await givePushId(session, party, { kind: choices.push ?? 'gcm' })
}

/** Adds a device to the party through the capability, with or without a push id. */
export async function addDevice(session: RelaySession, party: Party, withPushId: boolean): Promise<void> {
  const drawn = drawDevice(session, party, { id: 2 })
  const { password, signalingKey, registrationId } = drawn
  const owner = { number: party.number, credentials: credentials(party) }
  const id = await party.node.capabilities.devices.add(owner, {
    password,
    signalingKey,
    registrationId: Number(registrationId),
    supportsSms: false,
  })
  party.devices.push({ ...drawn, id })
  if (withPushId) await givePushId(session, party, { kind: 'gcm', device: id })
}

/** Stores two one-time prekeys and a last resort key; it must be granted. */
export async function storePrekeys(session: RelaySession, party: Party): Promise<void> {
  const upload = newPrekeys(session.random)
  await session.succeed(uploadPrekeys(credentials(party), upload), { node: party.node })
  party.prekeys.store(1, upload)
}
