import { upload } from '#driver/mstore/operations.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import { type WireRequest, withBody } from '#driver/wire-request.ts'
import { toHex, utf8 } from '#protocol/bytes.ts'
import { folderOfPath } from '#protocol/mstore/folders.ts'
import { type MultipartPart, buildMultipart, parseMultipart } from '#protocol/mstore/multipart.ts'
import { type Wrapping, BASE64_COLUMNS, CLIENT_WRAPPING } from '#protocol/mstore/transfer-encoding.ts'
import { partName, ROOT_FIELDS, uploadRoot } from '#protocol/mstore/upload.ts'
import type { Greeting } from './greeting.ts'
import type { Mailbox } from './mailbox.ts'
import type { LineEnd, MessageForm } from './message-form.ts'
import { respelledMessage } from './message-spellings.ts'
import type { MStoreSession } from './session.ts'

const WRAPPINGS: Readonly<Record<LineEnd, Wrapping>> = {
  LF: CLIENT_WRAPPING,
  CRLF: { columns: BASE64_COLUMNS, lineEnd: '\r\n', trailing: false },
}
const BOUNDARY_BYTES = 8

/** The request that uploads a greeting. */
export function uploadOf(session: MStoreSession, mailbox: Mailbox, greeting: Greeting): WireRequest {
  const { audio, form } = greeting
  const drawn = drawBoundaries(session)
  const { outerBoundary = drawn.outerBoundary, innerBoundary = drawn.innerBoundary } = form
  const wrapping = WRAPPINGS[form.lines ?? readingOf(session.target.dialect, 'uploadLines')]
  const message = { root: rootOf(greeting), audio, outerBoundary, innerBoundary, wrapping }
  const right = upload(mailbox.msisdn, message)
  const request = isRight(greeting, outerBoundary === innerBoundary)
    ? right
    : { ...right, contract: undefined }
  const isUsual = form.root === undefined && form.documents === undefined
  const documented = isUsual ? request : withDocuments(request, outerBoundary, form)
  return form.spelling === undefined ? documented : respelledMessage(documented, form.spelling)
}

/** Whether the message is meant to be right: its body then has to fit the schema. */
function isRight({ parentFolderPath }: Greeting, sameBoundaries: boolean): boolean {
  return folderOfPath(parentFolderPath) !== null && !sameBoundaries
}

/** Two boundaries, of which none begins with the other. */
export function drawBoundaries({ random }: MStoreSession) {
  const drawn = toHex(random(BOUNDARY_BYTES))
  return { outerBoundary: `outer-${drawn}`, innerBoundary: `inner-${drawn}` }
}

/** The root document: what is empty is left out of it. */
function rootOf(greeting: Greeting): object {
  const { parentFolderPath, attributes, flags } = uploadRoot(greeting).object
  return {
    object: {
      ...(parentFolderPath === '' ? {} : { parentFolderPath }),
      ...(attributes.attribute.length === 0 ? {} : { attributes }),
      ...(flags.flag.length === 0 ? {} : { flags }),
    },
  }
}

/** The same request with some of its documents, and another text for the root. */
function withDocuments(
  request: WireRequest,
  boundary: string,
  { documents, root }: MessageForm,
): WireRequest {
  const message = parseMultipart(boundary, request.body ?? new Uint8Array())
  if (message.kind === 'parse-error') throw new Error(message.reason)
  const parts = message.parts
    .filter((part) => documents?.includes(partName(part) ?? '') ?? true)
    .map((part) => (root !== undefined && partName(part) === ROOT_FIELDS ? rewritten(part, root) : part))
  return withBody(request, buildMultipart(boundary, parts))
}

function rewritten({ headers }: MultipartPart, text: string): MultipartPart {
  const body = utf8(text)
  return {
    headers: headers.map(([name, value]) => [name, name === 'Content-Length' ? String(body.length) : value]),
    body,
  }
}
