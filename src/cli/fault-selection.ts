import { UsageError } from '#evidence/usage-error.ts'
import { FAULTS, type RelayFault } from '#mocks/relay/faults.ts'
import { didYouMean } from '#run/nearest.ts'

/**
 * The faults that the terms name, in the order of the list: each an id, a requirement (`RELAY-MESSAGE-09`)
 * or an area (`RELAY-MESSAGE`). No terms name all. Throws a UsageError for a term that names none.
 */
export function faultsNamed(terms: readonly string[]): readonly RelayFault[] {
  if (terms.length === 0) return FAULTS
  const named = new Set(terms.flatMap(namedBy))
  return FAULTS.filter((fault) => named.has(fault))
}

/** The fault of that id. Throws a UsageError where there is none, with the nearest id. */
export function faultOf(id: string): RelayFault {
  const fault = FAULTS.find((known) => known.id === id)
  if (fault !== undefined) return fault
  throw new UsageError(`fault ${id}: there is no such fault (touchstone faults lists them)${advice(id)}`)
}

/** The nearest id; where none is near, those of the requirement that was meant. */
function advice(id: string): string {
  const near = didYouMean(id, ids())
  const [meant = ''] = id.split('/')
  const known = FAULTS.filter(({ requirement }) => requirement === meant.toUpperCase())
  return near === '' && known.length > 0 ? `; expected ${known.map((fault) => fault.id).join(' or ')}` : near
}

function namedBy(term: string): readonly RelayFault[] {
  const upper = term.toUpperCase()
  const found = FAULTS.filter(
    ({ id, requirement }) => id === term || requirement === upper || requirement.startsWith(`${upper}-`),
  )
  return found.length > 0 ? found : [faultOf(term)]
}

function ids(): readonly string[] {
  return FAULTS.map(({ id }) => id)
}
