/**
 * Percent-decodes `text` once and does nothing else: a plus stays a plus. Null where an escape is broken or
 * the bytes are no UTF-8.
 */
export function percentDecode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
