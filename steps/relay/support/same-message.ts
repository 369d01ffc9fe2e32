import { equal } from '#protocol/bytes.ts'

const QUARTET_BYTES = 3

/**
 * Whether what was delivered is the message that was sent, or all of it but the end that an unpadded body
 * has beyond its last whole quartet: that loss is judged where bodies are (RELAY-MESSAGE-20, E-17), so that
 * it is not laid to everything that needs a message.
 */
export function isSameMessage(sent: Uint8Array, delivered: Uint8Array): boolean {
  const whole = sent.subarray(0, sent.length - (sent.length % QUARTET_BYTES))
  return equal(delivered, sent) || (whole.length > 0 && equal(delivered, whole))
}
