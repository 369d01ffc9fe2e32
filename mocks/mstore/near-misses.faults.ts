import type { FindObject } from './objects.ts'
import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { authentication, objects, payloads, profile } = documented

/** Faults by which what is shorter, or differs at its end, is taken for the right one. */
export const NEAR_MISS_FAULTS: readonly MStoreFault[] = [
  walkFault('MSTORE-AUTH-29/compares-the-beginning', 'of a nonce all but the last character is compared', {
    authentication: {
      findNonce: (text, issued) =>
        authentication.findNonce(text, issued) ??
        [...issued].findLast(([nonce]) => nonce.slice(0, -1) === text.slice(0, -1))?.[1],
    },
  }),
  walkFault(
    'MSTORE-PAYLOAD-15/completes-paths',
    'a download may leave out the last character of its object path',
    {
      payloads: {
        find: (path, mailbox, all) => payloads.find(path, mailbox, all) ?? completing(path, mailbox),
      },
    },
  ),
  walkFault('MSTORE-PROFILE-26/ignores-what-follows', 'the name of an attribute may have a character more', {
    profile: {
      written: (before, sent) =>
        profile.written(
          before,
          renamed(sent, (name) => (before.has(name) ? name : name.slice(0, -1))),
        ),
    },
  }),
]

function renamed(
  sent: ReadonlyMap<string, string>,
  nameOf: (name: string) => string,
): ReadonlyMap<string, string> {
  return new Map([...sent].map(([name, value]) => [nameOf(name), value]))
}

/** The object whose path has a character more than the one that is asked for. */
const completing: FindObject = (path, mailbox) =>
  [...mailbox.objects].find(
    ([known]) => known.slice(0, -1) === path && objects.find(known, mailbox) !== undefined,
  )?.[1]
