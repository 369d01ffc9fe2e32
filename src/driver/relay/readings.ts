import { MAC_ALGORITHMS } from '#protocol/relay/frame.ts'
import { readingIn, type DialectReading } from '../dialect-readings.ts'

/**
 * Everything but statuses in which the deployed dialect differs from the documented one; the
 * statuses are in the table of expectations.
 */
export const READINGS = {
  /** How a message's body is written. */
  bodySent: { documented: 'unpadded', deployed: 'padded', erratum: 'E-17' },
  /** How the time of a message is written. */
  timestampSent: { documented: 'text', deployed: 'number', erratum: 'E-06' },
  /** What is left of a body that is sent without padding. */
  unpaddedBody: { documented: 'whole', deployed: 'cut to whole quartets', erratum: 'E-17' },
  /** How the payload of a push may be written. */
  payload: {
    documented: ['unpadded', 'whole'],
    deployed: ['unpadded', 'padded', 'whole'],
    erratum: 'E-16',
  },
  /** The hashes that the MAC of a push may be made with. */
  macAlgorithms: { documented: MAC_ALGORITHMS, deployed: ['sha256'], erratum: 'E-14' },
  /** Whether the relay keeps the registration id of a device above 1. */
  addedRegistrationId: { documented: 'kept', deployed: 'dropped', erratum: 'E-32' },
  /** What a prekey with the id 0 says of its id. */
  zeroKeyId: { documented: 'written', deployed: 'left out', erratum: 'E-24' },
  /** The registration id beside a prekey. */
  prekeyRegistrationId: { documented: 'free', deployed: "the device's own", erratum: 'E-23' },
  /** What is delivered of a body that is a gzip stream. */
  gzipBody: { documented: 'the stream', deployed: 'the stream, or what was compressed', erratum: 'E-66' },
  /** What becomes of a password with a colon. */
  colonPassword: { documented: 'whole', deployed: 'may be cut', erratum: 'E-53' },
  /** What becomes of a request for a prekey that meets another for the same one. */
  lostRace: { documented: 'granted', deployed: 'may be refused', erratum: 'E-21' },
} as const satisfies Readonly<Record<string, DialectReading>>

/** What a dialect reads there. */
export const readingOf = readingIn(READINGS)
