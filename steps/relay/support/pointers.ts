import { Then, When } from '@cucumber/cucumber'
import { toHex } from '#protocol/bytes.ts'
import { attachmentKey, newAttachment, openAttachment } from '#protocol/relay/attachments.ts'
import { decodePushMessageContent, encodePushMessageContent } from '#protocol/relay/push-message-content.ts'
import type { AttachmentPointer } from '#protocol/relay/push-message-content.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import type { Attachment } from './attachment.ts'
import { download, idOf, latest, upload } from './blobs.ts'
import { messageToAll } from './outgoing.ts'
import { newestDelivery } from './received.ts'
import type { RelaySession } from './session.ts'

/** Bytes of a file that fills whole cipher blocks, so that its padding is a block of its own. */
const FILE_BYTES = 4096
const CONTENT_TYPE = 'image/png'

When('{party} uploads/uploaded a sealed attachment', async function (this: TouchstoneWorld, name: string) {
  const plaintext = this.relay.random(FILE_BYTES)
  const { key, blob } = newAttachment(plaintext, this.relay.random)
  await upload(this.relay, this.relay.party(name), { bytes: blob, sealed: { key, plaintext } })
})

When(
  '{party} sends {party} a message that points to the attachment',
  async function (this: TouchstoneWorld, from: string, to: string) {
    const pointer = pointerTo(this.relay, latest(this.relay))
    const content = encodePushMessageContent({ body: 'see there', attachments: [pointer] })
    const route = { from: this.relay.party(from), to: this.relay.party(to) }
    const { request, messages } = messageToAll(this.relay, route, content)
    await this.relay.act(request, messages)
  },
)

Then('{party} opens the attachment it points to', async function (this: TouchstoneWorld, name: string) {
  const { id, key } = await pointerReceived(this.relay, name)
  const attachment = { ...latest(this.relay), id: String(id ?? 'absent') }
  const request = await download(this.relay, this.relay.party(name), attachment)
  const { answer, text, exchange } = await this.relay.ask(request)
  const blob = answer?.status === 200 ? answer.body : new Uint8Array()
  const opened = openAttachment(blob, attachmentKey(key ?? new Uint8Array()))
  const expected = attachment.upload?.sealed?.plaintext ?? new Uint8Array()
  const plaintext = opened.kind === 'opened' ? toHex(opened.plaintext) : opened.detail
  this.relay.check.that({
    thing: 'file in the attachment',
    expected: `the ${expected.length} bytes sealed`,
    got:
      plaintext === toHex(expected) ? 'that' : `${text}: ${opened.kind === 'opened' ? 'others' : plaintext}`,
    holds: plaintext === toHex(expected),
    exchange,
  })
})

function pointerTo(session: RelaySession, attachment: Attachment): AttachmentPointer {
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
