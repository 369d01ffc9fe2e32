import { readingOf } from '#driver/mstore/readings.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { MStoreKnown } from '#model/mstore/known.ts'

/** What a target file says of an mStore that decides how it is walked. */
export function knownOf(target: MStoreTarget): MStoreKnown {
  const { capabilities, dialect, pinDigits } = target
  const makesMailboxes = capabilities.subscribers !== null
  return {
    dialect,
    makesMailboxes,
    voicemails: voicemailsOf(target),
    greetings: capabilities.greeting,
    pins: makesMailboxes,
    pinBounds: makesMailboxes || pinDigits !== null,
    pageSize: readingOf(dialect, 'pageSize'),
  }
}

/** Voicemails that are only said to be there are found when the mailbox is listed. */
function voicemailsOf({ capabilities: { voicemail } }: MStoreTarget): MStoreKnown['voicemails'] {
  if (voicemail === null || voicemail.kind === 'fixed') return 'none'
  return voicemail.kind === 'mock-control' ? 'chosen' : 'left'
}
