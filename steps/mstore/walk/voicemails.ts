import { audioName, audioOf } from '#model/mstore/audio.ts'
import { voicemailNames } from '#model/mstore/voicemails.ts'
import type { NewVoicemail } from '#driver/capabilities/voicemails.ts'
import type { Ask } from '#model/ask.ts'
import { leaveVoicemail } from '../support/voicemails.ts'
import type { MStorePerformer } from './performer.ts'
import { drawnAudio } from './uploads.ts'
import type { MStoreWalk } from './walk.ts'

const MINUTE_MS = 60_000
/** Voicemails of one walk that are as old have one date, whenever they are left. */
const OLDEST_MINUTES = 30

/** Leaves voicemails by the capability, one after the other. */
export const leaveVoicemails: MStorePerformer = async ({ walk, ask }) => {
  const { mailbox, objects } = await walk.party(ask.party)
  for (const name of voicemailNames(ask)) {
    const { objectPath, messageId } = await leaveVoicemail(
      walk.session,
      mailbox,
      overridesOf(walk, ask, name),
    )
    objects.declare(name, messageId)
    objects.place(name, objectPath)
  }
  return { status: null, text: 'left', exchange: null }
}

function overridesOf(walk: MStoreWalk, { values }: Ask, name: string): NewVoicemail {
  if (walk.known.voicemails !== 'chosen') return {}
  const { flags } = values
  const audio = walk.audio.bytesOf(audioName(name, values), () => drawnAudio(walk, audioOf(values)))
  const date = walk.beganMs - (OLDEST_MINUTES + Number(values['minutes ago'] ?? '0')) * MINUTE_MS
  return { date, audio, ...(flags === undefined ? {} : { flags: [flags] }) }
}
