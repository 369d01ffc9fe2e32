import { parseAmr } from './amr.ts'
import { parseHeaderValue } from './header-value.ts'
import { membersOf } from './members.ts'
import { type MultipartPart, boundaryOf, parseMultipart, partHeader } from './multipart.ts'
import { BASE64_COLUMNS } from './transfer-encoding.ts'
import { type UploadReading, ATTACHMENTS, ROOT_FIELDS, partName } from './upload.ts'

/** A requirement that a client's upload breaks, and how, in one line. */
export interface UploadMistake {
  readonly requirement: string
  readonly reason: string
}

/** Everything by which an upload departs from the documented headers and layout (mStore spec, objects POST). */
export function uploadMistakes(
  contentType: string,
  body: Uint8Array,
  upload: UploadReading,
): readonly UploadMistake[] {
  return [
    ...typeMistakes(contentType, body),
    ...rootMistakes(upload),
    ...attachmentsMistakes(upload),
    ...audioMistakes(upload),
  ]
}

function typeMistakes(contentType: string, body: Uint8Array): readonly UploadMistake[] {
  const boundary = boundaryOf(contentType)
  const message = boundary.kind === 'parse-error' ? boundary : parseMultipart(boundary.boundary, body)
  return [
    ...unless(parseHeaderValue(contentType)?.value === 'multipart/form-data', {
      requirement: 'MSTORE-UPLOAD-30',
      reason: `Content-Type: expected multipart/form-data, got ${contentType.slice(0, 60)}`,
    }),
    ...unless(message.kind === 'multipart' && message.parts.length === 2, {
      requirement: 'MSTORE-UPLOAD-02',
      reason: 'upload: expected two documents, got another number',
    }),
  ]
}

function rootMistakes({ rootPart, root }: UploadReading): readonly UploadMistake[] {
  const object = membersOf(membersOf(root)['object'])
  return [
    ...headerMistake(rootPart, 'MSTORE-UPLOAD-17', [
      'Content-Disposition',
      `form-data; name="${ROOT_FIELDS}"`,
    ]),
    ...headerMistake(rootPart, 'MSTORE-UPLOAD-18', ['Content-Type', 'application/json; charset=utf-8']),
    ...lengthMistake(rootPart, 'MSTORE-UPLOAD-19'),
    ...unless(membersOf(root)['object'] !== undefined, {
      requirement: 'MSTORE-UPLOAD-03',
      reason: 'root document: expected the member object, got none',
    }),
    ...unless(typeof object['parentFolderPath'] === 'string', {
      requirement: 'MSTORE-UPLOAD-04',
      reason: 'root document: expected object.parentFolderPath, got none',
    }),
  ]
}

function attachmentsMistakes(upload: UploadReading): readonly UploadMistake[] {
  const { attachmentsPart: part, outerBoundary: outer, innerBoundary: inner } = upload
  const nested = parseMultipart(inner, part.body)
  return [
    ...headerMistake(part, 'MSTORE-UPLOAD-20', ['Content-Disposition', `form-data;name="${ATTACHMENTS}"`]),
    ...headerMistake(part, 'MSTORE-UPLOAD-21', ['Content-Type', `multipart/mixed; boundary=${inner}`]),
    ...lengthMistake(part, 'MSTORE-UPLOAD-22'),
    ...unless(!inner.startsWith(outer) && !outer.startsWith(inner), {
      requirement: 'MSTORE-UPLOAD-23',
      reason: `boundaries: expected neither to begin the other, got ${outer} and ${inner}`,
    }),
    ...unless(nested.kind === 'multipart' && nested.parts.length === 1, {
      requirement: 'MSTORE-UPLOAD-24',
      reason: 'inner message: expected one document, got another number',
    }),
  ]
}

function audioMistakes({ audioPart: part, audio }: UploadReading): readonly UploadMistake[] {
  return [
    ...headerMistake(part, 'MSTORE-UPLOAD-26', ['Content-Disposition', 'attachment;filename="audio.amr"']),
    ...headerMistake(part, 'MSTORE-UPLOAD-27', ['Content-Transfer-Encoding', 'base64']),
    ...headerMistake(part, 'MSTORE-UPLOAD-28', ['Content-Type', 'audio/amr']),
    ...lengthMistake(part, 'MSTORE-UPLOAD-29'),
    ...amrMistake(audio.bytes),
    ...unless(audio.padded && audio.longestLine <= BASE64_COLUMNS, {
      requirement: 'MSTORE-UPLOAD-25',
      reason: `audio: expected padded Base64 in lines of at most ${BASE64_COLUMNS}, got one of ${audio.longestLine}`,
    }),
  ]
}

/** MSTORE-UPLOAD-28: the type of the audio is that of an AMR file. */
function amrMistake(bytes: Uint8Array): readonly UploadMistake[] {
  const amr = parseAmr(bytes)
  return amr.kind === 'amr' ? [] : [{ requirement: 'MSTORE-UPLOAD-28', reason: `audio: ${amr.reason}` }]
}

/** Compares a header with the mStore spec's by what it says: blanks after `;` and quotes do not count (E-29). */
function headerMistake(
  part: MultipartPart,
  requirement: string,
  [name, expected]: readonly [string, string],
): readonly UploadMistake[] {
  const got = partHeader(part, name)
  const reason = `${name} of ${partName(part) ?? 'the audio'}: expected ${expected}, got ${got ?? 'none'}`
  return unless(normal(got ?? '') === normal(expected), { requirement, reason })
}

function lengthMistake(part: MultipartPart, requirement: string): readonly UploadMistake[] {
  const got = partHeader(part, 'content-length')
  const reason = `Content-Length of ${partName(part) ?? 'the audio'}: expected ${part.body.length}, got ${got ?? 'none'}`
  return unless(got === String(part.body.length), { requirement, reason })
}

function normal(text: string): string {
  const parsed = parseHeaderValue(text)
  return parsed === null ? '' : JSON.stringify([parsed.value, ...parsed.params])
}

function unless(right: boolean, found: UploadMistake): readonly UploadMistake[] {
  return right ? [] : [found]
}
