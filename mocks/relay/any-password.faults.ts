import type { RelayState } from './state.ts'

/** Whether some device of some account has that password. */
export function isPasswordOfAny(password: string, { state }: { readonly state: RelayState }): boolean {
  return [...state.accounts.values()].some(({ devices }) =>
    [...devices.values()].some((device) => device.password === password),
  )
}
