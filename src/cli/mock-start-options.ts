import type { AnyMockOptions, MockSurroundings } from './mock-format.ts'

/** What every mock is started with, as its function takes it: what was not given is left out. */
export function startOptions(options: AnyMockOptions, surroundings: MockSurroundings) {
  const { port, controlPort, host, controlHost, publicHost, rsa, seed, dialect, faults, variants } = options
  const { onError, certificate, onRequest } = surroundings
  return {
    ...{ port, controlPort, host, controlHost, dialect, faults, variants, onError },
    ...given({ publicHost, rsa, seed, certificate, onRequest }),
  }
}

type Given<Members> = { readonly [Name in keyof Members]?: Exclude<Members[Name], undefined> }

/** The members that are not undefined. */
function given<Members extends object>(members: Members): Given<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Given<Members>
}
