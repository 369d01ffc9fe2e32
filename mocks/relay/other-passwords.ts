import type { Attempt, AuthenticationScene } from './authentication.ts'
import type { RelayOperation } from './outcomes.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'

const { authentication } = documented

/** Whether a password that is not the device's own is taken all the same. */
export type TakesPassword = (attempt: Attempt, scene: AuthenticationScene) => boolean

/** Besides the right password these operations take another. */
export function alsoTaking(
  takes: TakesPassword,
  isMeant: (operation: RelayOperation) => boolean = () => true,
): RelayRulebookPatch {
  return {
    authentication: {
      passwordMatches: (attempt, operation, scene) =>
        authentication.passwordMatches(attempt, operation, scene) ||
        (isMeant(operation) && takes(attempt, scene)),
    },
  }
}

/** The same of one operation. */
export function alsoTakingFor(operation: RelayOperation, takes: TakesPassword): RelayRulebookPatch {
  return alsoTaking(takes, (asked) => asked === operation)
}

/** The password of any device of the number. */
export const ofAnyDevice: TakesPassword = ({ account, given }) =>
  [...account.devices.values()].some(({ password }) => password === given)

/** The password of any device of these accounts; of every account where nothing is said. */
export function ofAnyAccount(isMeant: (number: string, own: string) => boolean = () => true): TakesPassword {
  return ({ account, given }, { state }) =>
    [...state.accounts.values()].some(
      ({ number, devices }) =>
        isMeant(number, account.number) && [...devices.values()].some(({ password }) => password === given),
    )
}
