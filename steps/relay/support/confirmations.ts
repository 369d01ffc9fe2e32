import { MissingCapability } from '#driver/capabilities/failures.ts'
import { oneCode } from '#driver/relay/one-code.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { CodeReference } from './parameter-types.ts'
import type { Party } from './party.ts'
import { codeSent, confirmation, drawDevice, replaceDevices } from './registration.ts'
import type { RelaySession } from './session.ts'

const RIGHT: CodeReference = { kind: 'sent', to: null, change: null }

/** The confirmation of the party's number with that code, by default the one sent last. */
export async function confirmationWith(
  session: RelaySession,
  party: Party,
  code: CodeReference = RIGHT,
): Promise<WireRequest> {
  readyToConfirm(session, party)
  return confirmation(party, await codeOf(session, party, code))
}

/** That what was refused leaves the code in force. */
const CODE_KEPT = 'RELAY-VERIFY-22'

/** Asserts that the code sent last still confirms the party; where it does not, `requirement` is violated. */
export async function assertConfirms(
  session: RelaySession,
  party: Party,
  requirement = CODE_KEPT,
): Promise<void> {
  readyToConfirm(session, party)
  await session.succeed(confirmation(party, await codeSent(party)), { requirement, node: party.node })
}

/** Gives the party a device to confirm where it has none. */
function readyToConfirm(session: RelaySession, party: Party): void {
  if (party.devices.length === 0) replaceDevices(party, drawDevice(session, party))
}

/** A code that differs in its last digit. */
export function otherCode(code: string): string {
  return code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10)
}

const CHANGES: Readonly<Record<string, (code: string) => string>> = {
  'with another last digit': otherCode,
  'without its last digit': (code) => code.slice(0, -1),
  'without its first digit': (code) => code.slice(1),
  'behind a zero': (code) => `0${code}`,
  'followed by a letter': (code) => `${code}a`,
}

/** The code sent to another than the party. Throws MissingCapability where the party was sent the same. */
export async function codeOfAnother(other: Party, party: Party): Promise<string> {
  const code = await codeSent(other)
  if (code !== (await codeSent(party))) return code
  throw new MissingCapability('verificationCode', oneCode(other.name, party.name))
}

async function codeOf(session: RelaySession, party: Party, reference: CodeReference): Promise<string> {
  if (reference.kind === 'given') return reference.code
  const { to, change } = reference
  if (to !== null && change === null) return codeOfAnother(session.party(to), party)
  const code = await codeSent(to === null ? party : session.party(to))
  if (change === null) return code
  const changed = CHANGES[change]?.(code) ?? code
  party.node.secrets.add(changed, 'changed code')
  return changed
}
