import {
  parseAuthorization,
  type AuthorizationMistake,
  type BasicCredentials,
} from '#protocol/relay/credentials.ts'
import { remembered } from '#mocks/engine/remembered.ts'
import type { StepResult } from '#mocks/engine/steps.ts'
import type { CredentialsMistake, RelayOperation } from './outcomes.ts'
import type { RequestHead } from './requests.ts'
import type { RelayScene } from './scene.ts'
import type { Account, Device } from './entities.ts'

/** What the rules of authentication may read. */
export type AuthenticationScene = RelayScene<{ readonly authentication: AuthenticationRules }>

/** Who sent a request: a device that gave its password. */
export interface Caller {
  readonly kind: 'caller'
  readonly account: Account
  readonly device: Device
}

/** The device that a request names, whether or not the caller is that device. */
export type Named = Pick<Caller, 'account' | 'device'>

/** Why the caller is not authenticated. The note never repeats a password. */
export interface Unauthenticated {
  readonly kind: CredentialsMistake
  readonly note: string
  /** The device that a wrong password was given for; null where there is none. */
  readonly named: Named | null
}

/** A password given for a device of an account. */
export interface Attempt extends Named {
  readonly given: string
}

/** How callers are authenticated; `operation` lets a rule be wrong in one place alone. */
export interface AuthenticationRules {
  readonly read: (
    header: string | undefined,
    operation: RelayOperation,
  ) => BasicCredentials | AuthorizationMistake
  readonly passwordMatches: (
    attempt: Attempt,
    operation: RelayOperation,
    scene: AuthenticationScene,
  ) => boolean
}

/** Reads a header as the relay spec has it; clients send the same one with every request. */
export const readAuthorization = remembered(parseAuthorization)

/** How the relay spec authenticates a device: Basic, by number and password (RFC 7617). */
export const documentedAuthentication: AuthenticationRules = {
  // RELAY-AUTH-01, RELAY-AUTH-05, RELAY-AUTH-12; the bare form without a scheme is refused (E-02)
  read: readAuthorization,
  // RELAY-VERIFY-23
  passwordMatches: ({ device, given }) => device.password === given,
}

/** The caller behind an Authorization header. Order of causes: header, number, device, password. */
export function authenticate(
  header: string | undefined,
  operation: RelayOperation,
  scene: AuthenticationScene,
): Caller | Unauthenticated {
  const { state, rulebook } = scene
  const rules = rulebook.authentication
  const credentials = rules.read(header, operation)
  if (credentials.kind !== 'credentials') return malformed(credentials)
  const { number, deviceId, password } = credentials
  const account = state.accounts.get(number)
  if (account === undefined) return { kind: 'unknown-number', note: `no account ${number}`, named: null }
  const device = account.devices.get(deviceId)
  if (device === undefined)
    return { kind: 'unknown-device', note: `no device ${number}.${deviceId}`, named: null }
  return rules.passwordMatches({ account, device, given: password }, operation, scene)
    ? { kind: 'caller', account, device }
    : {
        kind: 'wrong-password',
        note: `wrong password for ${number}.${deviceId}`,
        named: { account, device },
      }
}

function malformed({ kind, reason }: AuthorizationMistake): Unauthenticated {
  return {
    kind: kind === 'no-header' ? 'no-credentials' : 'malformed-credentials',
    note: reason,
    named: null,
  }
}

/** The step of an operation that only a caller may take. */
export function callersOnly(caller: Caller | Unauthenticated): StepResult<CredentialsMistake, never> {
  return caller.kind === 'caller'
    ? { kind: 'passed' }
    : { kind: 'refused', as: caller.kind, notes: [caller.note] }
}

/** The number that a request names as its caller's, truly or not. */
export function callerNumbers({ authorization }: Pick<RequestHead, 'authorization'>): readonly string[] {
  const credentials = readAuthorization(authorization)
  return credentials.kind === 'credentials' ? [credentials.number] : []
}
