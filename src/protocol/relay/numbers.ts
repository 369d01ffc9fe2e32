/**
 * A PSTN number as the harness reads the relay spec (E-49): a plus, no leading zero, and 10 to 15 digits, which
 * is E.164 without the shortest numbers, about which relays differ.
 */
const E164_NUMBER = /^\+[1-9][0-9]{9,14}$/

/** A number as the relay server v0.8 takes it: a plus and at least 10 digits (E-49). */
export const DEPLOYED_NUMBER = /^\+[0-9]{10,}$/

/** Whether `text` is a well-formed number (relay spec, Request a verification code; E-49). */
export function isE164Number(text: string): boolean {
  return E164_NUMBER.test(text)
}
