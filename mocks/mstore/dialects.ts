import { isUriOf } from './credential-checks.ts'
import { deployedMailbox } from './deployed-mailbox.ts'
import type { MStorePatch } from './rulebook.ts'

/** The deployed mStore: what the known client proves or tolerates, as far as it differs from the mStore spec. */
export const deployed: MStorePatch = {
  ...deployedMailbox,
  authentication: {
    // E-32: a longer value with the token in it is served
    servesAgent: (userAgent = '') => userAgent.split(' ').includes('3gpp-gba'),
    // E-02, E-08: the absolute form alone, with or without a slash at its end
    isUri: (uri, request) =>
      isUriOf(['absolute'], uri, request) || isUriOf(['absolute'], uri.replace(/\/$/, ''), request),
  },
  // E-12
  profile: { mayDeactivate: false },
  // E-06
  status: { search: { 'nothing-found': 204 } },
}
