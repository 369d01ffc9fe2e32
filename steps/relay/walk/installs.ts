import { newPassword, newRegistrationId, newSignalingKey } from '#driver/relay/parties.ts'
import { parseSignalingKey, type SignalingKey } from '#protocol/relay/signaling-key.ts'
import type { Secrets } from '#driver/secrets.ts'
import { unguessableRandomness, type Randomness } from '../../shared/support/randomness.ts'

/** What a client draws when it is installed. */
export interface Install {
  readonly password: string
  /** Base64 text, as sent. */
  readonly signalingKey: string
  readonly registrationId: number
}

/** What is chosen of an install: registration ids that it must not have, and what is odd about its password. */
export interface InstallChoices {
  readonly taken: readonly number[]
  readonly form?: string | undefined
}

const same = (password: string): string => password

/** Passwords of sixteen characters with some that a careless reader takes away. */
const FORMS: Readonly<Record<string, (password: string) => string>> = {
  blanks: (password) => ` ${password.slice(1, 8)} ${password.slice(9, 15)} `,
  colons: (password) => `:${password.slice(1, 8)}:${password.slice(9)}`,
  quotes: (password) => `"${password.slice(1, 15)}"`,
}

const unguessable = unguessableRandomness()

/** A new install, whose secrets stay hidden; its registration id is none of `taken`. */
export function newInstall(
  random: Randomness,
  secrets: Secrets,
  { taken, form = '' }: InstallChoices,
): Install {
  const install = {
    password: (FORMS[form] ?? same)(lettered()),
    signalingKey: newSignalingKey(unguessable),
    registrationId: otherThan(taken, random),
  }
  secrets.add(install.password, 'password')
  secrets.add(install.signalingKey, 'signalingKey')
  return install
}

/** The signaling key of an install. */
export function signalingKeyOf({ signalingKey }: Install): SignalingKey {
  const parsed = parseSignalingKey(signalingKey)
  if (parsed.kind === 'parse-error') throw new Error(`the suite made a bad signaling key: ${parsed.reason}`)
  return parsed.key
}

/** A password with a letter, so that it differs from itself in the other case. */
function lettered(): string {
  const password = newPassword(unguessable)
  return /[a-z]/i.test(password) ? password : lettered()
}

function otherThan(taken: readonly number[], random: Randomness): number {
  const drawn = newRegistrationId(random)
  return taken.includes(drawn) ? otherThan(taken, random) : drawn
}
