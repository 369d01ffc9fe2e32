/** The limiters of a relay, by what they count (E-64). */
export const LIMITERS = [
  'sms',
  'voice',
  'verify',
  'messages',
  'prekeys',
  'attachments',
  'retrievals',
  'contacts',
  // of the two operations that add a device
  'allocateDevice',
  'verifyDevice',
] as const

/** The name of a limiter. */
export type Limiter = (typeof LIMITERS)[number]
