import { putFlag } from '#driver/mstore/operations.ts'
import { GREETING_ON } from '#protocol/mstore/flags.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { endpointTarget } from '#protocol/mstore/endpoints.ts'
import { rewriteUrl } from '#protocol/mstore/urls.ts'
import { at } from './answer-members.ts'
import { quotaOf } from './mailbox-reading.ts'
import type { Mailbox } from './mailbox.ts'
import { referenceOf } from './object-references.ts'
import { readMembers } from './objects.ts'
import type { MStoreSession } from './session.ts'

/** The folder that an object names, at its `parentFolder`, with the query that the dialect has. */
export async function readParentFolder(
  session: MStoreSession,
  mailbox: Mailbox,
  object: string,
): Promise<void> {
  const request = quotaOf(session.target, mailbox, 'voicemails')
  const bare = endpointTarget(mailbox.msisdn, {
    kind: 'folder',
    folderId: FOLDERS.voicemails.id,
    filter: null,
  })
  const target = await targetIn(session, mailbox, [object, 'parentFolder'])
  await session.act({ ...request, target: request.target.replace(bare, target) }, mailbox)
}

/** Sets the flag of an active greeting at the `flags.resourceURL` of an object, with the flag behind it. */
export async function setFlagBehind(session: MStoreSession, mailbox: Mailbox, object: string): Promise<void> {
  const target = await targetIn(session, mailbox, [object, 'flags.resourceURL'])
  const request = putFlag(mailbox.msisdn, { objectPath: '', flag: GREETING_ON })
  await session.act({ ...request, target: `${target}/${encodeURIComponent(GREETING_ON)}` }, mailbox)
}

/** The target that is asked for in place of a URL in an object (mStore spec, Servers). */
async function targetIn(
  session: MStoreSession,
  mailbox: Mailbox,
  [object, member]: readonly [object: string, member: string],
): Promise<string> {
  const url = at(await readMembers(session, mailbox, referenceOf(object)), member)
  const text = typeof url === 'string' ? url : ''
  const rewritten = rewriteUrl(text, session.origin)
  session.check.that({
    thing: member,
    expected: 'a URL of a mailbox',
    got: text === '' ? 'none' : text,
    holds: rewritten.kind === 'rewritten',
  })
  return rewritten.kind === 'rewritten' ? rewritten.target : ''
}
