import { concat } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { type MessageType, messageType, textError } from './message-type.ts'
import { type RawField, encodeRawFields, everyBytes } from './raw-fields.ts'

/** The types of a group context (relay spec, Message Format). */
export const GROUP_TYPES = { UNKNOWN: 0, UPDATE: 1, DELIVER: 2, QUIT: 3 } as const
/** The one flag (relay spec, Message Format). */
export const END_SESSION = 1

/** Fields that the relay spec does not have; absent when there are none. */
interface WithUnknown {
  readonly unknown?: readonly RawField[]
}

/** Where an attachment is, what it is, and how to open it. */
export interface AttachmentPointer extends WithUnknown {
  /** 0 to 2^64-1. */
  readonly id?: bigint
  readonly contentType?: string
  /** An AttachmentKey: 64 bytes. */
  readonly key?: Uint8Array
}

/** The group a message is for. */
export interface GroupContext extends WithUnknown {
  readonly id?: Uint8Array
  /** Any number, not only those of the relay spec (E-61). */
  readonly type?: number
  readonly name?: string
  readonly members: readonly string[]
  readonly avatar?: AttachmentPointer
}

/** What one client sends another. A member that is absent was not on the wire. */
export interface PushMessageContent extends WithUnknown {
  readonly body?: string
  readonly attachments: readonly AttachmentPointer[]
  readonly group?: GroupContext
  /** Any number, not only those of the relay spec (E-61). */
  readonly flags?: number
}

/** A content read from bytes. */
export interface DecodedContent {
  readonly kind: 'content'
  readonly content: PushMessageContent
}

const FILE = 'push-message-content.proto'
const contentType = messageType(FILE, 'PushMessageContent')
const groupType = messageType(FILE, 'PushMessageContent.GroupContext')
const pointerType = messageType(FILE, 'PushMessageContent.AttachmentPointer')

const CONTENT_FIELDS = { body: 1, attachments: 2, group: 3 } as const
const GROUP_FIELDS = { name: 3, members: 4, avatar: 5 } as const
const POINTER_FIELDS = { contentType: 2 } as const

/** A content in proto2 wire format: fields ascending, then the unknown ones as they are, at every level. */
export function encodePushMessageContent(content: PushMessageContent): Uint8Array {
  const { unknown, attachments, group, ...members } = content
  return concat(
    contentType.encode({ body: members.body }),
    ...attachments.map((pointer) => nested(CONTENT_FIELDS.attachments, encodePointer(pointer))),
    ...(group === undefined ? [] : [nested(CONTENT_FIELDS.group, encodeGroup(group))]),
    contentType.encode({ flags: members.flags }),
    encodeRawFields(unknown ?? []),
  )
}

function encodeGroup({ unknown, avatar, ...members }: GroupContext): Uint8Array {
  return concat(
    groupType.encode(members),
    ...(avatar === undefined ? [] : [nested(GROUP_FIELDS.avatar, encodePointer(avatar))]),
    encodeRawFields(unknown ?? []),
  )
}

function encodePointer({ unknown, ...members }: AttachmentPointer): Uint8Array {
  return concat(pointerType.encode(members), encodeRawFields(unknown ?? []))
}

function nested(number: number, value: Uint8Array): Uint8Array {
  return encodeRawFields([{ number, kind: 'bytes', value }])
}

/** What breaks a message inside a message; caught where decoding began. */
class Broken extends Error {}

/**
 * Reads a content. Unknown fields, types and flags are no parse errors: they are kept (RELAY-ENCODING-13). Bytes
 * that are not in the wire format, and text that is not UTF-8, are.
 */
export function decodePushMessageContent(bytes: Uint8Array): DecodedContent | ParseError {
  try {
    return { kind: 'content', content: decodeContent(bytes) }
  } catch (error) {
    if (error instanceof Broken) return parseError(error.message)
    throw error
  }
}

function decodeContent(bytes: Uint8Array): PushMessageContent {
  const { members, fields } = decodeOne(contentType, bytes, [CONTENT_FIELDS.body])
  const groups = everyBytes(fields, CONTENT_FIELDS.group)
  return {
    ...members,
    attachments: everyBytes(fields, CONTENT_FIELDS.attachments).map(decodePointer),
    ...(groups.length === 0 ? {} : { group: decodeGroup(concat(...groups)) }),
  }
}

function decodeGroup(bytes: Uint8Array): GroupContext {
  const { members, fields } = decodeOne(groupType, bytes, [GROUP_FIELDS.name, GROUP_FIELDS.members])
  const avatars = everyBytes(fields, GROUP_FIELDS.avatar)
  return {
    members: [],
    ...members,
    ...(avatars.length === 0 ? {} : { avatar: decodePointer(concat(...avatars)) }),
  }
}

function decodePointer(bytes: Uint8Array): AttachmentPointer {
  return decodeOne(pointerType, bytes, [POINTER_FIELDS.contentType]).members
}

/** One level of a message; `texts` are the numbers of its text fields. Messages inside it are left to the caller. */
function decodeOne(type: MessageType, bytes: Uint8Array, texts: readonly number[]) {
  const decoded = type.decode(bytes)
  if (decoded.kind === 'parse-error') throw new Broken(decoded.reason)
  const { members, fields, unknown } = decoded
  const badText = textError(fields, texts)
  if (badText !== null) throw new Broken(badText.reason)
  return { members: unknown.length === 0 ? members : { ...members, unknown }, fields }
}
