import { parseError, type ParseError } from '#protocol/parse-error.ts'
import { parseUpload, type UploadMessage } from '#protocol/mstore/upload.ts'
import { documented } from './rulebook.ts'
import type { ReadUpload, UploadRules } from './uploads.ts'

/** A reader of those uploads alone. */
export function where(isRead: (message: UploadMessage) => boolean): UploadRules['read'] {
  return (message) =>
    isRead(message)
      ? documented.uploads.read(message)
      : parseError('upload: expected another message, got this')
}

/** What was read, or what another reader makes of what was not. */
export function orElse(
  read: ReadUpload | ParseError,
  otherwise: () => ReadUpload | ParseError,
): ReadUpload | ParseError {
  return read.kind === 'parse-error' ? otherwise() : read
}

/** Whether lines of the audio end in LF alone. */
export function hasBareLineFeeds(message: UploadMessage): boolean {
  const upload = parseUpload(message)
  return upload.kind === 'upload' && /[^\r]\n/.test(Buffer.from(upload.audioPart.body).toString('latin1'))
}
