import { getPayload } from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { at } from './answer-members.ts'
import type { Mailbox } from './mailbox.ts'
import type { ObjectReference } from './object-references.ts'
import { readMembers } from './objects.ts'
import type { MStoreSession } from './session.ts'

/** The part of an object that is its audio, at its `href`. */
export const AUDIO_PART = 'href'
/** The whole of an object, at its `payloadURL`. */
const WHOLE = 'payloadURL'
/** A part that no object lists, beside its audio. */
const OTHER_PART = 'another part'

/** Where a URL for a download stands in an object, and what it must be. */
interface PayloadUrl {
  readonly requirement: string
  readonly path: string
  readonly thing: string
  readonly expected: string
}

const WHOLE_URL: PayloadUrl = {
  requirement: 'MSTORE-OBJECT-27',
  path: WHOLE,
  thing: WHOLE,
  expected: 'a URL of a mailbox',
}
const PART_URL: PayloadUrl = {
  requirement: 'MSTORE-OBJECT-33',
  path: 'payloadPart.0.href',
  thing: 'href of the audio',
  expected: 'a URL of a mailbox',
}

/** The request for the audio of an object, for `another part` beside it, or for the whole of it: its `payloadURL`. */
export async function downloadOf(
  session: MStoreSession,
  [mailbox, reference]: readonly [Mailbox, ObjectReference],
  part: string,
): Promise<WireRequest> {
  const { path, ...shown } = part === WHOLE ? WHOLE_URL : PART_URL
  const url = at(await readMembers(session, mailbox, reference), path)
  const got = typeof url === 'string' ? url : 'none'
  const payload = getPayload(typeof url === 'string' ? url : '', session.origin)
  const request = payload.kind === 'request' ? payload.request : null
  session.check.that({ ...shown, got, holds: request !== null })
  if (request === null) throw new Error('an assertion that failed did not end the step')
  return part === OTHER_PART ? { ...request, target: `${request.target}99` } : request
}
