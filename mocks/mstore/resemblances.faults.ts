import type { FindObject } from './objects.ts'
import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { authentication, bulkDelete, bulkUpdate, objects, payloads, profile } = documented

/** The letters that may stand at the end of a domain name. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Faults by which something is taken that is nearly, and not quite, the right one. */
export const RESEMBLANCE_FAULTS: readonly MStoreFault[] = [
  walkFault('MSTORE-AUTH-14/compares-the-beginning', 'of a B-TID all but the last character is compared', {
    authentication: {
      lookup: (btid, naf) =>
        authentication.lookup(btid, naf) ??
        Array.from(LETTERS)
          .map((letter) => authentication.lookup(`${btid.slice(0, -1)}${letter}`, naf))
          .find((key) => key !== undefined),
    },
  }),
  walkFault('MSTORE-AUTH-14/ignores-what-follows', 'a B-TID may have a character more at its end', {
    authentication: {
      lookup: (btid, naf) =>
        authentication.lookup(btid, naf) ?? authentication.lookup(btid.slice(0, -1), naf),
    },
  }),
  walkFault(
    'MSTORE-AUTH-29/takes-any-nonce-to-clear',
    'a DELETE is served with a nonce that was never given out',
    {
      authentication: {
        nonceFits: (issued, request) =>
          request.method === 'DELETE' || authentication.nonceFits(issued, request),
      },
    },
  ),
  walkFault('MSTORE-AUTH-31/compares-the-beginning', 'of the uri all but the last character is compared', {
    authentication: {
      isUri: (uri, request) =>
        authentication.isUri(uri, request) ||
        Array.from('0123456789').some((digit) =>
          authentication.isUri(`${uri.slice(0, -1)}${digit}`, request),
        ),
    },
  }),
  walkFault(
    'MSTORE-AUTH-30/takes-put-for-delete',
    'a response that was computed for PUT will do for DELETE',
    {
      authentication: {
        isResponse: (credentials, expected) =>
          authentication.isResponse(credentials, expected) ||
          (expected.method === 'DELETE' &&
            authentication.isResponse(credentials, { ...expected, method: 'PUT' })),
      },
    },
  ),
  walkFault(
    'MSTORE-PROFILE-26/ignores-case',
    'an attribute of the profile is written whatever the case of its name',
    {
      profile: {
        written: (before, sent) => {
          const named = (name: string): string =>
            [...before.keys()].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name
          return profile.written(before, new Map([...sent].map(([name, value]) => [named(name), value])))
        },
      },
    },
  ),
  walkFault(
    'MSTORE-FLAG-22/ignores-what-follows',
    'a flag call may have a digit more at the end of its object path',
    {
      flags: {
        meant: (found, path, { mailbox }) => found ?? objects.find(path.slice(0, -1), mailbox),
      },
    },
  ),
  walkFault(
    'MSTORE-OBJECT-35/completes-paths',
    'an object is shown whose path has a character more than the one that is asked for',
    { objects: { find: orAlike((asked, known) => known.slice(0, -1) === asked) } },
  ),
  walkFault(
    'MSTORE-OBJECT-35/ignores-the-last-character',
    'an object is shown whose path differs in its last character from the one that is asked for',
    { objects: { find: orAlike((asked, known) => known.slice(0, -1) === asked.slice(0, -1)) } },
  ),
  walkFault(
    'MSTORE-PAYLOAD-15/ignores-what-follows',
    'a download may have a digit more at the end of its object path',
    { payloads: { find: orShorter(payloads.find) } },
  ),
  walkFault(
    'MSTORE-BULKUPDATE-19/ignores-what-follows',
    'a URL of a bulkUpdate may have a digit more at its end',
    {
      bulkUpdate: {
        tried: (targets) =>
          bulkUpdate.tried(targets).map((target) => {
            const path = target.key.split(' ')[1] ?? ''
            const object = target.object ?? objects.find(path.slice(0, -1), target.mailbox) ?? null
            return { ...target, object }
          }),
      },
    },
  ),
  walkFault(
    'MSTORE-BULKDELETE-09/ignores-what-follows',
    'a URL of a bulkDelete may have a digit more at its end',
    {
      bulkDelete: {
        tried: (targets) =>
          bulkDelete.tried(targets).map((target) => {
            const path = target.key.split(' ')[1] ?? ''
            const object = target.object ?? objects.find(path.slice(0, -1), target.mailbox) ?? null
            return { ...target, object }
          }),
      },
    },
  ),
]

function orAlike(isAlike: (asked: string, known: string) => boolean): FindObject {
  return (path, mailbox, all) =>
    objects.find(path, mailbox, all) ?? [...mailbox.objects].find(([known]) => isAlike(path, known))?.[1]
}

function orShorter(find: FindObject): FindObject {
  return (path, mailbox, all) => find(path, mailbox, all) ?? find(path.slice(0, -1), mailbox, all)
}
