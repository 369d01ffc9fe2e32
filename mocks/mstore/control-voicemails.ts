import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import { ControlError } from '#mocks/edge/control/control-error.ts'
import type { ControlRoutes } from '#mocks/edge/control/control-route.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { MStoreControlled } from './assemble.ts'
import { mailboxOf } from './control-subscribers.ts'
import type { StoredObject } from './mailbox.ts'
import type { MStore } from './mstore.ts'
import { objectPath } from './object-paths.ts'
import { newVoicemail, type VoicemailOrder } from './voicemails.ts'

type OrNull<Members> = { readonly [Name in keyof Members]: Members[Name] | null }

/** A voicemail as it is ordered: null stands for what is left out, `audio` is in Base64. */
interface OrderedVoicemail extends OrNull<Omit<VoicemailOrder, 'audio'>> {
  readonly msisdn: string
  readonly audio?: string | null
}

/** How voicemails come into a mailbox. */
export function voicemailRoutes(mStore: MStore, { world }: MStoreControlled) {
  return {
    'POST /voicemails': {
      does: 'leaves a voicemail: {msisdn, date?, from?, frames?, audio?, flags?, expires?}',
      takes: 'new-voicemail',
      gives: 'voicemail',
      status: 201,
      answer: ({ msisdn, ...ordered }: OrderedVoicemail) => {
        const mailbox = mailboxOf(mStore, msisdn)
        const voicemail = newVoicemail(orderOf(ordered), mailbox, world)
        mStore.store.apply([{ kind: 'object-stored', msisdn, object: voicemail }])
        return shownVoicemail(voicemail)
      },
    },
  } satisfies ControlRoutes
}

function orderOf({ audio, ...ordered }: Omit<OrderedVoicemail, 'msisdn'>): VoicemailOrder {
  const given = Object.entries(ordered).filter(([, value]) => value !== null)
  return { ...Object.fromEntries(given), ...(audio == null ? {} : { audio: bytesOf(audio) }) }
}

function bytesOf(base64: string): Uint8Array {
  const decoded = decodeBase64(base64)
  if (decoded.kind === 'parse-error') throw new ControlError(400, `/audio: ${decoded.reason}`)
  return decoded.bytes
}

/** A voicemail as the control plane shows it. `date` is in ms since the Unix epoch, `audio` in Base64. */
function shownVoicemail(voicemail: StoredObject): Json {
  return {
    objectPath: objectPath(voicemail),
    messageId: voicemail.attributes.get('Message-Id'),
    date: voicemail.dateMs,
    audio: encodeBase64(voicemail.audio, { padded: true }),
  }
}
