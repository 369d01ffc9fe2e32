import { parsePlainJson } from '#protocol/json.ts'
import { boundaryOf, parseMultipart } from '#protocol/mstore/multipart.ts'
import { unwrapBase64 } from '#protocol/mstore/transfer-encoding.ts'
import { partName, ROOT_FIELDS, uploadRoot, type UploadMessage } from '#protocol/mstore/upload.ts'
import { parseError as refusal, type ParseError } from '#protocol/parse-error.ts'
import type { ReadUpload } from './uploads.ts'

/** The path of the greetings in root documents. */
export const GREETINGS_PATH = '/VV-Mail/Greetings'

/** A root document that says nothing but that the upload is a greeting. */
export const plainRoot = uploadRoot({ parentFolderPath: GREETINGS_PATH, attributes: [], flags: [] })

/** Reads the root from the first document that is JSON, and the audio from the first that is audio, wherever they are. */
export function readFlat({ body }: UploadMessage, fixedRoot?: unknown): ReadUpload | ParseError {
  const text = Buffer.from(body).toString('latin1')
  const root = sectionOf(text, /application\/json[^\r]*/)
  const audio = sectionOf(text, /audio\/amr/)
  const parsed =
    fixedRoot === undefined
      ? parsePlainJson(Buffer.from(root ?? '', 'latin1'))
      : ({ kind: 'json', plain: fixedRoot } as const)
  const decoded = unwrapBase64(audio ?? '!')
  if (parsed.kind === 'parse-error') return parsed
  if (decoded.kind === 'parse-error') return decoded
  return readOf(parsed.plain, decoded.bytes)
}

/** What stands between the headers of a document with that type and the next delimiter. */
function sectionOf(text: string, type: RegExp): string | null {
  const from = new RegExp(`Content-Type: ${type.source}\\r\\n(?:[^\\r]+\\r\\n)*\\r\\n`, 'i').exec(text)
  if (from === null) return null
  const rest = text.slice(from.index + from[0].length)
  return rest.slice(0, rest.indexOf('\r\n--'))
}

/** Reads an upload of a root document without audio. */
export function readRootAlone({ contentType, body }: UploadMessage): ReadUpload | ParseError {
  const boundary = boundaryOf(contentType)
  if (boundary.kind === 'parse-error') return boundary
  const message = parseMultipart(boundary.boundary, body)
  if (message.kind === 'parse-error') return message
  const root = message.parts.find((part) => partName(part) === ROOT_FIELDS)
  if (root === undefined || message.parts.length > 1)
    return refusal('upload: expected root-fields alone, got more')
  const json = parsePlainJson(root.body)
  return json.kind === 'parse-error' ? json : readOf(json.plain, new Uint8Array())
}

/** Reads an upload of audio without a root document, as a greeting. */
export function readWithRoot(message: UploadMessage): ReadUpload | ParseError {
  return Buffer.from(message.body).includes(ROOT_FIELDS)
    ? refusal('upload: expected attachments alone, got more')
    : readFlat(message, plainRoot)
}

function readOf(root: unknown, audio: Uint8Array): ReadUpload {
  return { kind: 'read', root, audio, fileName: null, notes: [] }
}
