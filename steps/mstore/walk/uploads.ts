import { audioName, audioOf, audioSeconds } from '#model/mstore/audio.ts'
import { itemsOf } from '#model/mstore/naming.ts'
import { isGranted } from '#model/mstore/verdicts.ts'
import { uploadFlags, USUAL_DATE } from '#model/mstore/uploaded-object.ts'
import type { Ask } from '#model/ask.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { uploadRoot } from '#protocol/mstore/upload.ts'
import { toHex } from '#protocol/bytes.ts'
import type { Greeting } from '../support/greeting.ts'
import { uploadOf } from '../support/upload-messages.ts'
import { bodySaid } from './bodies.ts'
import { call } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'
import type { MStoreWalk } from './walk.ts'

/** Where the speech of the first frame begins, behind the magic number and the frame's header, and how much is drawn. */
const FIRST_SPEECH_BYTE = 7
const SPEECH_BYTES = 5
const FIRST_ID = 1_420_000_000_000

/** Uploads a greeting under the name of the ask. */
export const uploadGreeting: MStorePerformer = async (performing) => {
  const { walk, ask } = performing
  const { mailbox, objects } = await ownerIn(performing)
  const greeting = greetingOf(walk, ask)
  const { as: name = '' } = ask.values
  objects.declare(name, greeting.messageId)
  const called = await call(performing, uploadOf(walk.session, mailbox, greeting))
  if (called.kind === 'violated') return called
  if (!isGranted(called.seen)) objects.refuse(name)
  return called.seen
}

function greetingOf(walk: MStoreWalk, ask: Ask): Greeting {
  const { values } = ask
  const { as: name = '', subject = name, audio: given = audioName(name, values) } = values
  const audio = walk.audio.bytesOf(given, () => drawnAudio(walk, audioOf(values)))
  const messageId = newMessageId(walk)
  const all = [
    ['content-duration', String(audioSeconds(values))],
    ['date', values['date'] ?? USUAL_DATE],
    ['Message-Id', messageId],
    ['mime-version', '1.0'],
    ['subject', subject],
    ['x-cns-greeting-type', values['type'] ?? GREETING_TYPES.normal],
  ] as const
  const attributes = new Map(all.filter(([attribute]) => !itemsOf(values, 'without').includes(attribute)))
  const flags = uploadFlags(ask)
  const parentFolderPath = FOLDERS[values['folder'] === 'voicemails' ? 'voicemails' : 'greetings'].path
  const root = JSON.stringify(uploadRoot({ parentFolderPath, attributes, flags }))
  const form = values['body'] === undefined ? {} : { root: bodySaid(values, root) }
  return { label: subject, messageId, audio, attributes, flags, parentFolderPath, form }
}

/** A `Message-Id` that no other object has: a timestamp, as greetings have it. */
function newMessageId({ session }: MStoreWalk): string {
  return String(FIRST_ID + Number.parseInt(toHex(session.random(5)), 16))
}

/** The audio with a first frame that differs each time. */
export function drawnAudio({ session }: MStoreWalk, audio: Uint8Array): Uint8Array {
  const drawn = new Uint8Array(audio)
  const first = Math.min(FIRST_SPEECH_BYTE, audio.length)
  drawn.set(session.random(Math.min(SPEECH_BYTES, audio.length - first)), first)
  return drawn
}
