import type { Dialect } from '#evidence/run-record.ts'

/** Statuses that say an outcome: one of them, or any outside 200 to 299. */
type Statuses = readonly (number | 'refused')[]

/** An outcome that a label names, and the statuses that say so in each dialect. */
export interface Expectation {
  /** The operation, by method and path, or `*` where every operation has this outcome. */
  readonly operation: string
  readonly label: string
  /** The status that the features say. */
  readonly documented: number
  /** What the documented dialect puts up with besides, since the page is silent or torn. */
  readonly tolerated?: Statuses
  readonly deployed: Statuses
  /** The erratum the difference comes from; null where the page says nothing and the clients show something. */
  readonly erratum: string | null
}

const SEARCH = 'POST /objects/operations/search'
const FOLDER = 'GET /folders/{folder_id}'
const PROFILE = 'PUT /vvmserviceProfile'
const UPLOAD = 'POST /objects'

/** Every outcome whose status a feature names by a label. */
export const EXPECTATIONS = [
  { operation: '*', label: 'malformed', documented: 400, deployed: ['refused'], erratum: 'E-56' },
  { operation: '*', label: 'another scheme', documented: 401, deployed: ['refused'], erratum: null },
  {
    operation: SEARCH,
    label: 'nothing found',
    documented: 200,
    tolerated: [204],
    deployed: [204],
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
    deployed: ['refused'],
    erratum: 'E-10',
  },
] as const satisfies readonly Expectation[]

/** What a dialect expects where a label stands. */
export interface ExpectedOutcome {
  /** The statuses in words. */
  readonly text: string
  readonly allows: (status: number) => boolean
  /** Whether it is worth telling which it was. */
  readonly several: boolean
}

/**
 * What a dialect expects of the outcome that a feature names by `label` and by its documented `status`. Throws
 * where no row has both, which is a mistake of the feature.
 */
export function expectedOutcome(dialect: Dialect, status: number, label: string): ExpectedOutcome {
  const row: Expectation | undefined = EXPECTATIONS.find((each) => each.label === label)
  if (row?.documented !== status) {
    const known = EXPECTATIONS.map((each) => `${each.documented} "${each.label}"`).join(', ')
    throw new Error(`expected one of ${known}; got ${status} "${label}"`)
  }
  const statuses = dialect === 'documented' ? [row.documented, ...(row.tolerated ?? [])] : row.deployed
  return {
    text: statuses
      .map((each) => (each === 'refused' ? 'a status outside 200 to 299' : String(each)))
      .join(' or '),
    allows: (got) => statuses.some((each) => (each === 'refused' ? got < 200 || got > 299 : each === got)),
    several: statuses.length > 1 || statuses[0] === 'refused',
  }
}
