import { equal } from '#protocol/bytes.ts'

const QUARTET_BYTES = 3

/**
 * Whether what was delivered is the message that was sent, or all of it but the end that an unpadded body
 * has beyond its last whole quartet: that loss is judged where bodies are (RELAY-MESSAGE-20, E-17), so that
 * it is not attributed to everything that needs a message.
 */
export function isSameMessage(sent: Uint8Array, delivered: Uint8Array): boolean {
  const whole = wholeQuartets(sent)
  return equal(delivered, sent) || (whole.length > 0 && equal(delivered, whole))
}

/** The bytes whose Base64 needs no padding: all but one or two at the end. */
export function wholeQuartets(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length - (bytes.length % QUARTET_BYTES))
}
