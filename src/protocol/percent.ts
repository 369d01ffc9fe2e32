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

/**
 * The spelling in which percent-encoded texts are compared: all but unreserved characters escaped, in capitals (RFC 3986,
 * 6.2.2). What cannot be decoded stays as it is.
 */
export function percentNormal(text: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(text))
  } catch {
    return text
  }
}

/** The same text with its escapes in small letters (RFC 3986, 6.2.2.1). */
export function percentInSmallLetters(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())
}
