import { MissingCapability } from '#driver/capabilities/failures.ts'
import type { NewVoicemail } from '#driver/capabilities/voicemails.ts'
import { percentNormal } from '#protocol/percent.ts'
import { listed, pathOf, placeOf } from './listing.ts'
import { awaitVoicemail } from './left-voicemails.ts'
import type { KnownObject, Mailbox } from './mailbox.ts'
import type { MStoreSession } from './session.ts'

/** How long ago the first voicemail of a scenario was left; each further one came some seconds later. */
const OLDEST_MS = 30 * 60_000
const APART_MS = 10_000

/** Leaves a voicemail, and remembers its object. */
export async function leaveVoicemail(
  session: MStoreSession,
  mailbox: Mailbox,
  overrides: NewVoicemail = {},
): Promise<KnownObject> {
  const age = OLDEST_MS - mailbox.in('voicemails').length * APART_MS
  const { node, target, undo } = session
  const { voicemail, subscribers } = target.capabilities
  const { voicemails } = node.capabilities
  const outlives = voicemail?.kind === 'command' && subscribers === null
  const awaited = outlives ? await awaitVoicemail({ node, mailbox }, undo) : null
  const left = await voicemails.leave(mailbox.subscriber, { date: Date.now() - age, ...overrides })
  const known: KnownObject =
    left === null ? await found(session, mailbox) : { folder: 'voicemails', label: null, ...left }
  mailbox.objects.push(known)
  awaited?.came(known.objectPath)
  return known
}

/** A voicemail in the mailbox that the scenario does not know yet, the oldest first. */
async function found(session: MStoreSession, mailbox: Mailbox): Promise<KnownObject> {
  const known = new Set(mailbox.in('voicemails').map(({ objectPath }) => percentNormal(objectPath)))
  const all = await listed(session, mailbox, 'voicemails')
  const next = all.findLast((object) => !known.has(placeOf(object)))
  if (next === undefined) {
    const enable = `capabilities.voicemail: leave ${known.size + 1} voicemails in the mailbox, or { command: [PROGRAM] }`
    throw new MissingCapability('voicemail', enable)
  }
  const messageId = next.attributes.get('Message-Id') ?? null
  return { folder: 'voicemails', label: null, objectPath: pathOf(next), messageId, audio: null }
}
