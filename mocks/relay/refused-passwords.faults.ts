import { memory } from '#mocks/engine/memory.ts'
import type { AuthenticationRules } from './authentication.ts'
import { documented } from './rulebook.ts'
import { fault, walkFault, type RelayFault } from './fault.ts'

const { authentication } = documented
const MOST_WRONG = 3

const refusedOf = memory(() => new Map<string, Set<string>>())

/** Faults by which a password that was refused changes what becomes of right ones. */
export const REFUSED_PASSWORD_FAULTS: readonly RelayFault[] = [
  fault(
    'RELAY-AUTH-01/remembers-refusals',
    'a password that was refused for a device is refused also once it was confirmed',
    judging((given, refused) => !refused.has(given)),
  ),
  walkFault(
    'RELAY-AUTH-01/locks-out-after-wrong-passwords',
    'once three wrong passwords were tried for a device the right one is refused',
    judging((_given, refused) => refused.size < MOST_WRONG),
  ),
]

/** A right password is taken only where `isTaken` says so, by those that were wrong when they were given. */
function judging(isTaken: (given: string, refused: ReadonlySet<string>) => boolean): {
  readonly authentication: Pick<AuthenticationRules, 'passwordMatches'>
} {
  return {
    authentication: {
      passwordMatches: (attempt, operation, scene) => {
        const { account, device, given } = attempt
        const known = refusedOf(scene.state)
        const name = `${account.number}.${device.id}`
        const refused = known.get(name) ?? new Set()
        known.set(name, refused)
        if (authentication.passwordMatches(attempt, operation, scene)) return isTaken(given, refused)
        refused.add(given)
        return false
      },
    },
  }
}
