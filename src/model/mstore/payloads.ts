import type { Ask } from '../ask.ts'
import type { Judged } from '../protocol-model.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreSeen } from './seen.ts'
import { onOneObject } from './one-object.ts'
import { referred } from './references.ts'
import { type MStoreState, mailboxOf, withMailbox, withObject } from './state.ts'
import { allowed, isGranted, mustBeRefused, notGranted, notReadable, violated } from './verdicts.ts'

const DOWNLOADED = 'MSTORE-PAYLOAD-01'
const RIGHT_ONE = 'MSTORE-PAYLOAD-17'
const UNKNOWN_PATH = 'MSTORE-PAYLOAD-15'
const DELETED = 'MSTORE-BULKDELETE-14'

/** Downloads the audio of one object. */
export const downloadAudio: OwnOperation = {
  name: 'download audio',
  area: 'PAYLOAD',
  risks: ['reads'],
  ...onOneObject(4),
  ofAnother: 'MSTORE-PAYLOAD-18',
  served: judgeDownload,
}

function judgeDownload(state: MStoreState, ask: Ask, seen: MStoreSeen): Judged<MStoreState> {
  const { party, values } = ask
  const found = referred(state, party, values['object'] ?? '')
  if (found?.kind !== 'there')
    return mustBeRefused(state, { ask, seen }, found?.kind === 'gone' ? DELETED : UNKNOWN_PATH)
  if (!isGranted(seen)) return notGranted(DOWNLOADED, ask, seen)
  if (seen.audio === undefined) return notReadable('MSTORE-PAYLOAD-05', ask, seen)
  const { object } = found
  if (object.audio !== null && object.audio !== seen.audio)
    return violated(requirementOf(seen.audio, object.folder), `audio of ${object.name}`, [
      object.audio,
      seen.audio,
    ])
  const objects = withObject(mailboxOf(state, party), { ...object, audio: seen.audio }).objects
  return allowed(withMailbox(state, party, { objects }), DOWNLOADED, RIGHT_ONE)
}

/** Bytes that are of no object are not those of a greeting, byte for byte; else they are of another object. */
function requirementOf(audio: string, folder: string): string {
  return audio.startsWith('unknown') && folder === 'greetings' ? 'MSTORE-PAYLOAD-10' : RIGHT_ONE
}
