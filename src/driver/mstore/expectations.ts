import type { Dialect } from '#protocol/requirements.ts'
import { rowOf, type LabelledOutcome } from '../labelled-outcomes.ts'

/** A status that says an outcome: one, any outside 200 to 299, or any at all. */
type AllowedStatus = number | 'refused' | 'any'

/** The status that the features say; `refused` where they only say "refuses it". */
type DocumentedStatus = number | 'refused'
type MStoreExpectation = LabelledOutcome<DocumentedStatus, AllowedStatus>

const SEARCH = 'POST /objects/operations/search'
const FOLDER = 'GET /folders/{folder_id}'
const PROFILE = 'PUT /vvmserviceProfile'
const UPLOAD = 'POST /objects'

/** Every outcome whose status a feature names by a label. */
export const EXPECTATIONS = [
  { operation: '*', label: 'malformed', documented: 400, deployed: ['refused'], erratum: 'E-56' },
  { operation: '*', label: 'another scheme', documented: 401, deployed: ['refused'], erratum: null },
  {
    operation: '*',
    label: 'digest of another URL',
    documented: 'refused',
    deployed: ['any'],
    erratum: 'E-08',
  },
  {
    operation: SEARCH,
    label: 'nothing found',
    documented: 200,
    tolerated: [204],
    deployed: [200, 204],
    erratum: 'E-06',
  },
  { operation: FOLDER, label: 'plain query', documented: 200, deployed: [200, 504], erratum: 'E-05' },
  {
    operation: PROFILE,
    label: 'deactivated',
    documented: 200,
    tolerated: [201, 202, 204],
    deployed: [200, 204, 'refused'],
    erratum: 'E-12',
  },
  {
    operation: UPLOAD,
    label: 'voicemail uploaded',
    documented: 200,
    tolerated: [201, 202, 204],
    deployed: ['any'],
    erratum: 'E-10',
  },
] as const satisfies readonly MStoreExpectation[]

/** What a dialect expects for a label. */
export interface ExpectedOutcome {
  /** The statuses in words. */
  readonly text: string
  readonly allows: (status: number) => boolean
  /** Whether more than one status is right, so that a report names the one that came. */
  readonly several: boolean
}

const TABLE: readonly MStoreExpectation[] = EXPECTATIONS

/**
 * What a dialect expects of the outcome that a feature names by `label` and by its documented status. Throws
 * as `rowOf` does.
 */
export function expectedOutcome(
  dialect: Dialect,
  documented: DocumentedStatus,
  label: string,
): ExpectedOutcome {
  const row = rowOf(TABLE, { documented, label })
  const statuses = dialect === 'documented' ? [documented, ...(row.tolerated ?? [])] : row.deployed
  return {
    text: statuses.map(inWords).join(' or '),
    allows: (got) => statuses.some((status) => covers(status, got)),
    several: statuses.length > 1 || typeof statuses[0] !== 'number',
  }
}

function inWords(status: AllowedStatus): string {
  if (typeof status === 'number') return String(status)
  return status === 'any' ? 'any status' : 'a status outside 200 to 299'
}

function covers(status: AllowedStatus, got: number): boolean {
  if (typeof status === 'number') return got === status
  return status === 'any' || got < 200 || got > 299
}
