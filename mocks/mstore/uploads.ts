import { type ParseError, parseError } from '#protocol/parse-error.ts'
import { type Attributes, instantOf, readAttributes } from '#protocol/mstore/attributes.ts'
import { safeFileName } from '#protocol/mstore/dispositions.ts'
import { type FolderName, folderOfPath } from '#protocol/mstore/folders.ts'
import { membersOf, textsOf } from '#protocol/mstore/members.ts'
import { partHeader } from '#protocol/mstore/multipart.ts'
import { uploadMistakes } from '#protocol/mstore/upload-mistakes.ts'
import { type UploadMessage, parseUpload } from '#protocol/mstore/upload.ts'
import { decided, malformed } from './decisions.ts'
import type { StoredObject } from './mailbox.ts'
import { objectPath } from './object-paths.ts'
import type { ExpiryRules } from './expiry.ts'
import type { FolderRules } from './folders.ts'
import { isOverQuota, type QuotaContext } from './upload-room.ts'
import type { AuthorizedRequest } from './scene.ts'
import {
  type Uploaded,
  documentedUploadedObjects,
  uploadedObject,
  type UploadedObjectRules,
} from './uploaded-objects.ts'
import { resourceUrl, type UrlRules } from './urls.ts'

/** An upload's documents, read; `notes` are the ways in which the client departs from the mStore spec. */
export interface ReadUpload {
  readonly kind: 'read'
  readonly root: unknown
  readonly audio: Uint8Array
  readonly fileName: string | null
  readonly notes: readonly string[]
}

/** How uploads are read and stored (mStore spec, objects POST). */
export interface UploadRules extends UploadedObjectRules {
  readonly read: (message: UploadMessage) => ReadUpload | ParseError
  /** The value of `object.parentFolderPath`, `attributes` and `flags`. */
  readonly fields: (root: unknown) => UploadFields | ParseError
  readonly folder: (path: string) => FolderName | null
  readonly mayUploadTo: (folder: FolderName) => boolean
  /** Why what is said of the new object is not understood; null where it is. */
  readonly objection: (fields: UploadFields) => string | null
  /** What is kept of an upload that is accepted. */
  readonly stored: (object: StoredObject, authorized: UploadRequest) => readonly StoredObject[]
  readonly isOverQuota: (object: StoredObject, authorized: QuotaContext) => boolean
  readonly headers: (url: string) => readonly (readonly [name: string, value: string])[]
}

/** What the first document says of the new object. */
export interface UploadFields {
  readonly kind: 'fields'
  readonly path: string
  readonly attributes: Attributes
  readonly flags: readonly string[]
}

/** How the mStore spec takes an upload (`/objects` [POST]). */
export const documentedUploads: UploadRules = {
  ...documentedUploadedObjects,
  // MSTORE-UPLOAD-32…-34, -38, -39
  read: readUpload,
  // MSTORE-UPLOAD-04, -08…-14
  fields: readFields,
  // MSTORE-UPLOAD-05…-07
  folder: (path) => folderOfPath(path)?.name ?? null,
  // E-10
  mayUploadTo: () => true,
  // MSTORE-UPLOAD-08, -09, -15
  objection: ({ attributes }) => {
    const { date, 'content-duration': duration } = Object.fromEntries(attributes)
    if (date !== undefined && instantOf(date) === null)
      return `date: expected an instant in UTC, got ${JSON.stringify(date.slice(0, 60))}`
    return duration === undefined || /^\d+$/.test(duration)
      ? null
      : `content-duration: expected whole seconds, got ${JSON.stringify(duration.slice(0, 60))}`
  },
  // MSTORE-UPLOAD-01
  stored: (object) => [object],
  // MSTORE-UPLOAD-37
  isOverQuota,
  // the mStore spec says nothing of it
  headers: (url) => [['Location', url]],
}

type UploadRequest = AuthorizedRequest<{
  uploads: UploadRules
  urls: UrlRules
  folders: FolderRules
  expiry: ExpiryRules
}>

/** Decides an upload. */
export function decideUpload(authorized: UploadRequest) {
  const operation = 'upload'
  const { request, rulebook, body } = authorized
  const rules = rulebook.uploads
  const read = rules.read({ contentType: request.contentType ?? '', body })
  if (read.kind === 'parse-error') return malformed(operation, read.reason)
  const fields = rules.fields(read.root)
  if (fields.kind === 'parse-error') return malformed(operation, fields.reason)
  const objection = rules.objection(fields)
  if (objection !== null) return malformed(operation, objection)
  const folder = rules.folder(fields.path)
  const notes = read.notes
  if (folder === null) return decided(operation, 'unknown-folder', { notes })
  if (!rules.mayUploadTo(folder)) return decided(operation, 'forbidden-folder', { notes })
  return store({ folder, given: fields.attributes, flags: fields.flags, ...read }, notes, authorized)
}

function store(uploaded: Uploaded, notes: readonly string[], authorized: UploadRequest) {
  const { mailbox, rulebook } = authorized
  const rules = rulebook.uploads
  const object = uploadedObject(uploaded, rules, authorized)
  if (rules.isOverQuota(object, authorized)) return decided('upload', 'over-quota', { notes })
  const { msisdn } = mailbox.subscriber
  return decided('upload', 'stored', {
    changes: rules
      .stored(object, authorized)
      .map((kept) => ({ kind: 'object-stored', msisdn, object: kept })),
    headers: rules.headers(resourceUrl(`/objects/${objectPath(object)}`, authorized)),
    notes,
  })
}

function readUpload(message: UploadMessage): ReadUpload | ParseError {
  const upload = parseUpload(message)
  if (upload.kind === 'parse-error') return upload
  const disposition = partHeader(upload.audioPart, 'content-disposition') ?? ''
  return {
    kind: 'read',
    root: upload.root,
    audio: upload.audio.bytes,
    fileName: plainName(safeFileName(disposition)),
    notes: uploadMistakes(message.contentType, message.body, upload).map(
      ({ requirement, reason }) => `${requirement}: ${reason}`,
    ),
  }
}

/** A name that may stand in a header between quotes as it is; else null. */
function plainName(name: string | null): string | null {
  return name !== null && /^[\x20-\x7e]+$/.test(name) && !/["\\]/.test(name) ? name : null
}

function readFields(root: unknown): UploadFields | ParseError {
  const object = membersOf(membersOf(root)['object'])
  const path = object['parentFolderPath']
  if (typeof path !== 'string') return parseError('root document: expected object.parentFolderPath, got none')
  // MSTORE-UPLOAD-46: null is as absent
  const attributes = readAttributes(membersOf(object['attributes'])['attribute'] ?? [])
  if (attributes.kind === 'parse-error') return attributes
  const flags = textsOf(membersOf(object['flags'])['flag'] ?? [])
  if (flags === null)
    return parseError('root document: expected flags.flag to be a list of texts, got another')
  return { kind: 'fields', path, attributes: attributes.values, flags }
}
