import { equal } from '#protocol/bytes.ts'
import { attachmentKey, newAttachment, openAttachment } from '#protocol/relay/attachments.ts'
import {
  decodePushMessageContent,
  encodePushMessageContent,
  type AttachmentPointer,
} from '#protocol/relay/push-message-content.ts'
import type { KnownAttachment, UploadedBlob } from './attachment.ts'
import { download, idOf, latest } from './blobs.ts'
import type { OperationRequest } from './operation.ts'
import { messageToAll, type MessageRoute } from './outgoing.ts'
import type { Party } from './party.ts'
import { newestDelivery } from './received.ts'
import type { RelaySession } from './session.ts'

/** Bytes of a file that fills whole cipher blocks, so that its padding is a block of its own. */
const FILE_BYTES = 4096
const CONTENT_TYPE = 'image/png'

/** A file sealed as an attachment. */
export function sealedFile({ random }: RelaySession): UploadedBlob {
  const plaintext = random(FILE_BYTES)
  const { key, blob } = newAttachment(plaintext, random)
  return { bytes: blob, sealed: { key, plaintext } }
}

/** The request that submits a message which points to the attachment uploaded last. */
export function pointTo(session: RelaySession, route: MessageRoute): OperationRequest {
  const pointer = pointerTo(session, latest(session))
  const content = encodePushMessageContent({ body: 'see there', attachments: [pointer] })
  const { request, messages } = messageToAll(session, route, content)
  return { request, messages }
}

/** Asserts that the party can download and open the attachment that the newest message to it points to. */
export async function assertAttachmentOpens(session: RelaySession, party: Party): Promise<void> {
  const { id, key } = await pointerReceived(session, party.name)
  const attachment = { ...latest(session), id: String(id ?? 'absent') }
  const { answer, text, exchange } = await session.ask(await download(session, party, attachment))
  const blob = answer?.status === 200 ? answer.body : new Uint8Array()
  const opened = openAttachment(blob, attachmentKey(key ?? new Uint8Array()))
  const expected = attachment.upload?.sealed?.plaintext ?? new Uint8Array()
  const holds = opened.kind === 'opened' && equal(opened.plaintext, expected)
  session.check.that({
    thing: 'file in the attachment',
    expected: `the ${expected.length} bytes sealed`,
    got: holds ? 'that' : `${text}: ${opened.kind === 'opened' ? 'others' : opened.detail}`,
    holds,
    exchange,
  })
}

function pointerTo(session: RelaySession, attachment: KnownAttachment): AttachmentPointer {
  const id = idOf(session, attachment)
  const decimal = /^\d+$/.test(id)
  session.check.that({
    requirement: 'RELAY-ATTACHMENT-03',
    thing: 'id of an attachment',
    expected: 'decimal digits',
    got: id,
    holds: decimal,
  })
  const key = attachment.upload?.sealed?.key
  if (key === undefined) throw new Error('nothing sealed was uploaded: the scenario needs that')
  return { id: BigInt(id), contentType: CONTENT_TYPE, key }
}

async function pointerReceived(session: RelaySession, name: string): Promise<AttachmentPointer> {
  const { opened } = await newestDelivery(session, name)
  const decoded = decodePushMessageContent(opened.message)
  const pointer = decoded.kind === 'content' ? decoded.content.attachments[0] : undefined
  session.check.that({
    thing: 'message delivered',
    expected: 'a PushMessageContent that points to an attachment',
    got: decoded.kind === 'content' ? `${decoded.content.attachments.length} pointers` : decoded.reason,
    holds: pointer !== undefined,
  })
  return pointer ?? {}
}
