import { parseSignalingKey } from '#protocol/relay/signaling-key.ts'
import { incomplete, mistyped, type BadBody, type BodyRules, type JsonMembers } from './bodies.ts'

/** What a client says of itself when it confirms its number (relay spec, Confirm a verification code). */
export interface AccountAttributes {
  readonly kind: 'attributes'
  readonly signalingKey: string
  readonly supportsSms: boolean
  readonly registrationId: number
  /** Whether it asks for messages by itself; no part of the relay spec (E-33). */
  readonly fetchesMessages: boolean
}

/** Which members a confirmation must have, and which values they may take. */
export interface AttributeRules {
  readonly required: readonly ('signalingKey' | 'supportsSms' | 'registrationId')[]
  readonly isSignalingKey: (text: string) => boolean
  /** The registrationId in the body; undefined where it is none. */
  readonly registrationId: (value: unknown, bodies: BodyRules) => number | undefined
  readonly isRegistrationId: (number: number) => boolean
}

const GREATEST_REGISTRATION_ID = 0x3fff

/** Which attributes of an account the relay spec takes at its confirmation (Confirm a verification code). */
export const documentedAttributes: AttributeRules = {
  // RELAY-VERIFY-15; supportsSms left out is false
  required: ['signalingKey', 'registrationId'],
  // RELAY-VERIFY-17, E-18: 52 bytes, padded or not
  isSignalingKey: (text) => parseSignalingKey(text).kind === 'signaling-key',
  // RELAY-VERIFY-20
  registrationId: (value, bodies) => bodies.integer(value),
  // RELAY-VERIFY-19: 14 bits
  isRegistrationId: (number) => number >= 0 && number <= GREATEST_REGISTRATION_ID,
}

/** Reads the members of a confirmation; what may be left out and is counts as empty, 0 or false. */
export function readAttributes(
  members: JsonMembers,
  rules: AttributeRules,
  bodies: BodyRules,
): AccountAttributes | BadBody {
  const missing = rules.required.find((name) => bodies.isMissing(members[name]))
  if (missing !== undefined) return incomplete(missing)
  const given = (name: string): unknown => (bodies.isMissing(members[name]) ? undefined : members[name])
  const signalingKey = bodies.text(given('signalingKey') ?? '')
  if (signalingKey === undefined || !rules.isSignalingKey(signalingKey))
    return mistyped('signalingKey', 'Base64 of 52 bytes')
  const registrationId = rules.registrationId(given('registrationId') ?? 0, bodies)
  if (registrationId === undefined || !rules.isRegistrationId(registrationId))
    return mistyped('registrationId', 'a whole number of 14 bits')
  const supportsSms = bodies.flag(given('supportsSms') ?? false)
  if (supportsSms === undefined) return mistyped('supportsSms', 'true or false')
  const fetchesMessages = members['fetchesMessages'] === true
  return { kind: 'attributes', signalingKey, registrationId, supportsSms, fetchesMessages }
}
