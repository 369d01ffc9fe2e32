import { parseHeaderValue } from './header-value.ts'

/** The `Content-Disposition` of audio: `attachment; filename="…"` with one blank (E-29). */
export function attachmentDisposition(fileName: string): string {
  return `attachment; filename="${fileName.replace(/["\\]/g, '\\$&')}"`
}

/**
 * The file name of a `Content-Disposition`, if it may be used as one: null where there is none, and for a name
 * that leads elsewhere, such as `..` or one with a separator or a control character (MSTORE-PAYLOAD-13).
 */
export function safeFileName(disposition: string): string | null {
  const name = parseHeaderValue(disposition)?.params.get('filename') ?? ''
  // eslint-disable-next-line no-control-regex -- a file name has none of these characters
  return name === '' || name === '.' || name === '..' || /[/\\\u0000-\u001f\u007f]/.test(name) ? null : name
}
