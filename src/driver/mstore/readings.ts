import { readingIn, type DialectReading } from '../dialect-readings.ts'

/**
 * Everything but statuses in which the deployed dialect differs from the documented one; the statuses
 * are in the table of expectations.
 */
export const READINGS = {
  /** Whether the `qop` of a challenge may offer more than is asked about. */
  challengeQop: { documented: 'offered', deployed: 'exact', erratum: 'E-35' },
  /** The parameters that credentials have without quotes besides `nc`: those of the RFC, or of the known client. */
  unquotedParams: { documented: ['qop', 'algorithm'], deployed: [], erratum: 'E-04' },
  /** Whether the download of a whole object is judged. */
  wholeDownload: { documented: 'judged', deployed: 'noted', erratum: 'E-19' },
  /** Where the URL of a folder may be. */
  folderUrlPlace: { documented: ['attributes'], deployed: ['attributes', 'folder'], erratum: 'E-22' },
  /** Whether the case of flags counts. */
  flagCase: { documented: 'exact', deployed: 'ignored', erratum: 'E-40' },
  /** How many objects a page is asked to hold where a scenario does not say: what the example asks for, or the client. */
  pageSize: { documented: 10, deployed: 100, erratum: 'E-43' },
  /** What the lines of an upload end in, where a scenario does not say: the one that certainly works. */
  uploadLines: { documented: 'CRLF', deployed: 'LF', erratum: 'E-30' },
} as const satisfies Readonly<Record<string, DialectReading>>

/** What a dialect reads there. */
export const readingOf = readingIn(READINGS)
