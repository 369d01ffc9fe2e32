import { folderOfPath } from '#protocol/mstore/folders.ts'
import { isObject, membersOf } from '#protocol/mstore/members.ts'
import { percentNormal } from '#protocol/percent.ts'
import type { Greeting } from './greeting.ts'
import { type ListedObject, listed, listedItems, pathOf, placeOf } from './listing.ts'
import { type KnownObject, type Mailbox, unknownPath } from './mailbox.ts'
import type { MStoreSession } from './session.ts'
import { uploadOf } from './upload-messages.ts'

/** Uploads a greeting, accepted or not, and remembers where it is, or that it is nowhere. */
export async function tryGreeting(
  session: MStoreSession,
  mailbox: Mailbox,
  greeting: Greeting,
): Promise<void> {
  const before = await pathsBefore(session, mailbox, greeting)
  await session.act(uploadOf(session, mailbox, greeting), mailbox)
  const found = await findGreeting(session, mailbox, greeting, before)
  if (found === null) mailbox.objects.push(knownAs(greeting, unknownPath(folderOf(greeting))))
}

/** What is in the folder before an upload that can be recognised by nothing else; undefined where it can. */
async function pathsBefore(
  session: MStoreSession,
  mailbox: Mailbox,
  greeting: Greeting,
): Promise<readonly string[] | undefined> {
  return isNamed(greeting) ? undefined : (await listed(session, mailbox, folderOf(greeting))).map(placeOf)
}

/**
 * Looks for a greeting that was uploaded and remembers where it is: by its `Message-Id`, which is kept as it was
 * sent (E-45), else by its subject, else it is the one that the scenario does not know. Null where it is not listed.
 * In a mailbox that is not the scenario's own, objects with neither are recognised by what was there `before`.
 */
export async function findGreeting(
  session: MStoreSession,
  mailbox: Mailbox,
  greeting: Greeting,
  before?: readonly string[],
): Promise<KnownObject | null> {
  const all = await listed(session, mailbox, folderOf(greeting))
  forgetReplaced(mailbox, all, greeting)
  const others = [...(before ?? []), ...mailbox.objects.map(({ objectPath }) => percentNormal(objectPath))]
  const isOwn = session.target.capabilities.subscribers !== null || before !== undefined
  const fresh = all.filter((object) => !others.includes(placeOf(object)))
  const found = named(fresh, greeting) ?? (isOwn && fresh.length === 1 ? fresh[0] : undefined)
  if (found === undefined) return null
  const known = knownAs(greeting, pathOf(found))
  mailbox.objects.push(known)
  return known
}

/** A greeting that was uploaded may have the path of one that was deleted (E-41), which is nowhere then. */
function forgetReplaced(mailbox: Mailbox, all: readonly ListedObject[], { messageId }: Greeting): void {
  const own = all.find(({ attributes }) => attributes.get('Message-Id') === messageId)
  for (const [place, known] of mailbox.objects.entries())
    if (
      own !== undefined &&
      known.messageId !== messageId &&
      percentNormal(known.objectPath) === placeOf(own)
    )
      mailbox.objects[place] = { ...known, objectPath: unknownPath(known.folder) }
}

/** Uploads a greeting that must be there afterwards. */
export async function putGreeting(
  session: MStoreSession,
  mailbox: Mailbox,
  greeting: Greeting,
): Promise<KnownObject> {
  const before =
    session.target.capabilities.subscribers === null
      ? await pathsBefore(session, mailbox, greeting)
      : undefined
  await session.succeed(uploadOf(session, mailbox, greeting), mailbox)
  const found = await findGreeting(session, mailbox, greeting, before)
  const isReadable = found !== null || (await showsObjects(session, mailbox))
  session.check.that({
    requirement: isReadable ? 'MSTORE-UPLOAD-01' : 'MSTORE-SEARCH-02',
    thing: `the greeting "${greeting.label}" in the list of greetings`,
    expected: 'listed once it was uploaded',
    got: found === null ? 'not listed' : 'listed',
    holds: found !== null,
  })
  if (found === null) throw new Error('an assertion that failed did not end the step')
  return found
}

/** Whether the list of greetings is one of objects, in which one that was uploaded can be found at all. */
async function showsObjects(session: MStoreSession, mailbox: Mailbox): Promise<boolean> {
  const items = (await listedItems(session, mailbox, 'greetings')).map(membersOf)
  return items.every(({ resourceURL, attributes }) => typeof resourceURL === 'string' && isObject(attributes))
}

function folderOf({ parentFolderPath }: Greeting) {
  return folderOfPath(parentFolderPath)?.name ?? 'greetings'
}

function knownAs(greeting: Greeting, objectPath: string): KnownObject {
  const { label, messageId, audio } = greeting
  return { folder: folderOf(greeting), label, objectPath, messageId, audio }
}

/** Whether it has something to be found by among others. */
function isNamed({ attributes }: Greeting): boolean {
  return attributes.has('Message-Id') || attributes.has('subject')
}

function named(objects: readonly ListedObject[], { attributes: sent }: Greeting) {
  return (['Message-Id', 'subject'] as const)
    .filter((name) => sent.has(name))
    .map((name) => objects.find(({ attributes }) => attributes.get(name) === sent.get(name)))
    .find((object) => object !== undefined)
}
