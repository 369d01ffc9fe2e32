import { fromUtf8, utf8 } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { parsePlainJson } from '../json.ts'
import { type Attribute, attributeList } from './attributes.ts'
import { parseHeaderValue } from './header-value.ts'
import { type MultipartPart, boundaryOf, buildMultipart, parseMultipart, partHeader } from './multipart.ts'
import {
  type WrappedBase64,
  type Wrapping,
  CLIENT_WRAPPING,
  unwrapBase64,
  wrapBase64,
} from './transfer-encoding.ts'

/** The names of the two documents of an upload (mStore spec, objects POST). */
export const ROOT_FIELDS = 'root-fields'
/** The document that holds the audio in a message of its own. */
export const ATTACHMENTS = 'attachments'

/** What an upload says of its object: those three members suffice (E-28). */
export interface UploadRoot {
  readonly object: {
    readonly parentFolderPath: string
    readonly attributes: { readonly attribute: readonly Attribute[] }
    readonly flags: { readonly flag: readonly string[] }
  }
}

/** An upload to be built. `root` is any JSON, so that a wrong one can be sent too. */
export interface ObjectUpload {
  readonly root: unknown
  readonly audio: Uint8Array
  readonly outerBoundary: string
  readonly innerBoundary: string
  readonly wrapping?: Wrapping
}

/** A request's media type and body. */
export interface UploadMessage {
  readonly contentType: string
  readonly body: Uint8Array
}

/** The root document with those attributes and flags (mStore spec, objects POST). */
export function uploadRoot(object: {
  readonly parentFolderPath: string
  readonly attributes: Iterable<readonly [string, string]>
  readonly flags: readonly string[]
}): UploadRoot {
  const { parentFolderPath, attributes, flags } = object
  return {
    object: {
      parentFolderPath,
      attributes: { attribute: attributeList(attributes) },
      flags: { flag: flags },
    },
  }
}

/** The message of an upload with the headers that the mStore spec lists, each `Content-Length` counted in bytes. */
export function buildUpload(upload: ObjectUpload): UploadMessage {
  const { root, audio, outerBoundary, innerBoundary, wrapping = CLIENT_WRAPPING } = upload
  const inner = buildMultipart(innerBoundary, [audioPart(utf8(wrapBase64(audio, wrapping)))])
  const parts = [rootPart(utf8(JSON.stringify(root))), attachmentsPart(innerBoundary, inner)]
  return {
    contentType: `multipart/form-data; boundary=${outerBoundary}`,
    body: buildMultipart(outerBoundary, parts),
  }
}

/** An upload, read: its documents and what is in them. `root` is the JSON of the first as JSON.parse has it. */
export interface UploadReading {
  readonly kind: 'upload'
  readonly outerBoundary: string
  readonly innerBoundary: string
  readonly rootPart: MultipartPart
  readonly attachmentsPart: MultipartPart
  readonly audioPart: MultipartPart
  readonly root: unknown
  readonly audio: WrappedBase64
}

/**
 * Reads an upload, forgiving what a server may forgive: blanks, missing lengths, the order of the documents. A
 * document missing, equal boundaries, a root that is no JSON and audio that is no Base64 are parse errors.
 */
export function parseUpload({ contentType, body }: UploadMessage): UploadReading | ParseError {
  const outer = readMessage(contentType, body)
  if (outer.kind === 'parse-error') return outer
  const rootPart = outer.parts.find((part) => partName(part) === ROOT_FIELDS)
  const attachmentsPart = outer.parts.find((part) => partName(part) === ATTACHMENTS)
  if (rootPart === undefined) return parseError(`upload: expected a document ${ROOT_FIELDS}, got none`)
  if (attachmentsPart === undefined) return parseError(`upload: expected a document ${ATTACHMENTS}, got none`)
  const inner = readMessage(partHeader(attachmentsPart, 'content-type') ?? '', attachmentsPart.body)
  if (inner.kind === 'parse-error') return inner
  const [audioPart] = inner.parts
  if (audioPart === undefined || inner.boundary === outer.boundary)
    return parseError('upload: expected an inner boundary other than the outer, got the same')
  const root = parsePlainJson(rootPart.body)
  if (root.kind === 'parse-error') return root
  const audio = unwrapBase64(fromUtf8(audioPart.body) ?? '!')
  if (audio.kind === 'parse-error') return audio
  return {
    kind: 'upload',
    outerBoundary: outer.boundary,
    innerBoundary: inner.boundary,
    rootPart,
    attachmentsPart,
    audioPart,
    root: root.plain,
    audio,
  }
}

/** The `name` of a form's document; null where it has none. */
export function partName(part: MultipartPart): string | null {
  return parseHeaderValue(partHeader(part, 'content-disposition') ?? '')?.params.get('name') ?? null
}

function readMessage(contentType: string, body: Uint8Array) {
  const boundary = boundaryOf(contentType)
  if (boundary.kind === 'parse-error') return boundary
  const message = parseMultipart(boundary.boundary, body)
  return message.kind === 'parse-error' ? message : { ...message, boundary: boundary.boundary }
}

function rootPart(json: Uint8Array): MultipartPart {
  return {
    headers: [
      ['Content-Disposition', `form-data; name="${ROOT_FIELDS}"`],
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Content-Length', String(json.length)],
    ],
    body: json,
  }
}

function attachmentsPart(innerBoundary: string, inner: Uint8Array): MultipartPart {
  return {
    headers: [
      ['Content-Disposition', `form-data;name="${ATTACHMENTS}"`],
      ['Content-Type', `multipart/mixed; boundary=${innerBoundary}`],
      ['Content-Length', String(inner.length)],
    ],
    body: inner,
  }
}

function audioPart(base64: Uint8Array): MultipartPart {
  return {
    headers: [
      ['Content-Disposition', 'attachment;filename="audio.amr"'],
      ['Content-Transfer-Encoding', 'base64'],
      ['Content-Type', 'audio/amr'],
      ['Content-Length', String(base64.length)],
    ],
    body: base64,
  }
}
