import { type ParseError, parseError } from '../parse-error.ts'

/** The prefix of the realm by which a server asks for credentials of the handset, not of its card (3GPP TS 33.222). */
export const BOOTSTRAPPING_PREFIX = '3GPP-bootstrapping@'

/** How many digits of an IMSI are the network's: two or three, which no IMSI says by itself. */
export type MncDigits = 2 | 3

/**
 * The private identity that an IMSI gives where the card holds none: `IMSI@ims.mncNNN.mccNNN.3gppnetwork.org`,
 * the network code filled up to three digits (3GPP TS 23.003, section 13.3). An IMSI is 6 to 15 digits.
 */
export function impiFromImsi(
  imsi: string,
  mncDigits: MncDigits,
): { kind: 'impi'; impi: string } | ParseError {
  if (!/^[0-9]{6,15}$/.test(imsi))
    return parseError(`IMSI: expected 6 to 15 digits, got ${JSON.stringify(imsi)}`)
  const mcc = imsi.slice(0, 3)
  const mnc = imsi.slice(3, 3 + mncDigits).padStart(3, '0')
  return { kind: 'impi', impi: `${imsi}@ims.mnc${mnc}.mcc${mcc}.3gppnetwork.org` }
}

/** The realm of a server, and its NAF ID: `3GPP-bootstrapping@host` (mStore spec, Authentication). */
export function bootstrappingRealm(host: string): string {
  return `${BOOTSTRAPPING_PREFIX}${host}`
}
