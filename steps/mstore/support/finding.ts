import { payloadOf } from '#driver/mstore/answers.ts'
import { getPayload } from '#driver/mstore/operations.ts'
import { equal } from '#protocol/bytes.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { percentNormal } from '#protocol/percent.ts'
import { textAt } from './answer-members.ts'
import { listed, placeOf } from './listing.ts'
import { objectOf } from './lookup.ts'
import { unknownPath, type Mailbox } from './mailbox.ts'
import { referenceOf, referencesOf, type ObjectReference } from './object-references.ts'
import { readMembers } from './objects.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'

const AMONG = /^(.+) among the (voicemails|greetings)( if and only if it was accepted)?$/
const AUDIO = /^the audio of (.+?)( if and only if it was accepted)?$/

/**
 * Asserts whether a party finds something: `OBJECTS among the FOLDER`, perhaps ` if and only if it was accepted`, or
 * `the audio of OBJECT`, likewise.
 */
export async function assertFound(
  session: MStoreSession,
  mailbox: Mailbox,
  { findable, isThere }: { readonly findable: string; readonly isThere: boolean },
): Promise<void> {
  const isWanted = (condition?: string) => condition === undefined || isSuccess(session.turn.observed.status)
  const [, audio, ifAccepted] = AUDIO.exec(findable) ?? []
  if (audio !== undefined) {
    const isStored = isThere && isWanted(ifAccepted)
    await assertAudio(session, mailbox, { reference: referenceOf(audio), isThere: isStored })
    return
  }
  const [, objects = '', folder, condition] = AMONG.exec(findable) ?? []
  if (folder === undefined) throw new Error(`expected OBJECTS among the FOLDER, got "${findable}"`)
  await assertListed(session, mailbox, {
    references: referencesOf(objects),
    folder: folder === 'voicemails' ? 'voicemails' : 'greetings',
    isThere: isThere && isWanted(condition),
  })
}

interface ListedInFolder {
  readonly references: readonly ObjectReference[]
  readonly folder: FolderName
  readonly isThere: boolean
}

async function assertListed(
  session: MStoreSession,
  mailbox: Mailbox,
  { references, folder, isThere }: ListedInFolder,
): Promise<void> {
  const paths = (await listed(session, mailbox, folder)).map(placeOf)
  const words = (isListed: boolean) => (isListed ? 'listed' : 'not listed')
  for (const { objectPath } of references.map((reference) => objectOf(mailbox, reference))) {
    const isListed = paths.includes(percentNormal(objectPath))
    session.check.that({
      requirement: session.requirementHere('MSTORE-SEARCH-04'),
      thing: `${objectPath} among the ${folder}`,
      expected: words(isThere),
      got: words(isListed),
      holds: isListed === isThere,
    })
  }
}

interface StoredAudio {
  readonly reference: ObjectReference
  readonly isThere: boolean
}

/** Asserts whether an object has the audio that was uploaded for it; what was refused, or is nowhere, has none. */
export async function assertAudio(
  session: MStoreSession,
  mailbox: Mailbox,
  { reference, isThere }: StoredAudio,
): Promise<void> {
  const isStored = objectOf(mailbox, reference).objectPath !== unknownPath('greetings')
  const hasAudio = isStored && (await holdsAudio(session, mailbox, reference))
  const words = (holds: boolean) => (holds ? 'stored with that audio' : 'not stored with that audio')
  session.check.that({
    requirement: isThere && !isStored ? 'MSTORE-UPLOAD-01' : undefined,
    thing: 'what was uploaded',
    expected: words(isThere),
    got: words(hasAudio),
    holds: hasAudio === isThere,
  })
}

async function holdsAudio(
  session: MStoreSession,
  mailbox: Mailbox,
  reference: ObjectReference,
): Promise<boolean> {
  const href = textAt(await readMembers(session, mailbox, reference), 'payloadPart.0.href')
  const payload = getPayload(href, session.origin)
  if (payload.kind === 'parse-error') return false
  const { answer, status } = await session.ask(payload.request, mailbox)
  const read = answer !== null && isSuccess(status) ? payloadOf(answer) : null
  const { audio } = objectOf(mailbox, reference)
  return read?.kind === 'payload' && audio !== null && equal(read.audio, audio)
}
