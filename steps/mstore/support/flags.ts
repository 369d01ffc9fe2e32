import type { WireRequest } from '#driver/wire-request.ts'
import { GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import { membersOf, textsOf } from '#protocol/mstore/members.ts'
import { comparedFlag } from './flag-case.ts'
import type { Mailbox } from './mailbox.ts'
import type { ObjectReference } from './object-references.ts'
import { readMembers } from './objects.ts'
import type { MStoreSession } from './session.ts'

/** The requirement that an object lists its flags. */
const LISTING = 'MSTORE-OBJECT-22'
/** The requirements that the flags a client can change are set, and cleared. */
const CHANGING: Readonly<Record<string, { readonly set: string; readonly clear: string }>> = {
  [SEEN]: { set: 'MSTORE-BULKUPDATE-01', clear: 'MSTORE-BULKUPDATE-02' },
  [GREETING_ON]: { set: 'MSTORE-FLAG-09', clear: 'MSTORE-FLAG-10' },
}

/** Flags, with blanks between them, and whether an object is to have each of them or none. */
interface ExpectedFlags {
  readonly flags: string
  readonly isThere: boolean
}

/** Asserts which flags an object has; in a Given the requirement that they can be changed is violated. */
export async function assertFlags(
  session: MStoreSession,
  [mailbox, reference]: readonly [Mailbox, ObjectReference],
  { flags, isThere }: ExpectedFlags,
): Promise<void> {
  const got = await readFlags(session, mailbox, reference)
  const compared = (flag: string) => comparedFlag(flag, session.target.dialect)
  const listed = new Set(got.map(compared))
  session.check.that({
    requirement: session.requirementHere(CHANGING[flags]?.[isThere ? 'set' : 'clear'] ?? LISTING),
    thing: 'flags of the object',
    expected: `${isThere ? 'with' : 'without'} ${flags}`,
    got: got.join(' '),
    lasting: { got: got.toSorted().join(' ') },
    holds: flags.split(' ').every((flag) => listed.has(compared(flag)) === isThere),
  })
}

/** The flags of an object that must be there; no `flags` are no flags (E-37). */
async function readFlags(
  session: MStoreSession,
  mailbox: Mailbox,
  reference: ObjectReference,
): Promise<readonly string[]> {
  const { flags } = await readMembers(session, mailbox, reference)
  const texts = flags === undefined ? [] : textsOf(membersOf(flags)['flag'])
  const expected = 'a list of texts'
  const got = texts === null ? JSON.stringify(flags) : expected
  session.check.that({
    requirement: LISTING,
    thing: 'flags of the object',
    expected,
    got,
    holds: texts !== null,
  })
  return texts ?? []
}

/** The requirement that a server reads a digest whose `uri` has a backslash. */
const BACKSLASH_READ = 'MSTORE-AUTH-37'
const UNAUTHORIZED = 401

/** Changes a flag. One with a backslash makes a digest that a server may not read, which does not refuse the flag. */
export async function actOnFlag(
  session: MStoreSession,
  mailbox: Mailbox,
  request: WireRequest,
): Promise<void> {
  const { status, text, call, exchange } = await session.act(request, mailbox)
  if (status !== UNAUTHORIZED || call?.second == null || !request.target.includes('%5C')) return
  session.check.fail({
    requirement: BACKSLASH_READ,
    thing: `status of ${request.operation} with a backslash in the digest's uri`,
    expected: 'a status other than 401',
    got: text,
    exchange,
  })
}
