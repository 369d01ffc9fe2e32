import type { Protocol } from '#protocol/requirements.ts'
import { MOCK_FAULTS, type FaultRow } from '#run/mock-lists.ts'
import { entriesNamed, entryOf } from './named-entries.ts'

/** A fault that the mock of a protocol can be given, without its patch. */
export interface KnownFault extends FaultRow {
  readonly protocol: Protocol
}

/** The faults of these protocols, area by area; what the others' mocks are made of is not loaded. */
export async function loadFaults(protocols: readonly Protocol[]): Promise<readonly KnownFault[]> {
  const lists = await Promise.all(
    protocols.map(async (protocol) => (await MOCK_FAULTS[protocol]()).map((fault) => known(protocol, fault))),
  )
  return lists.flat()
}

/**
 * The faults that the terms name, in the order of the list: each an id, a requirement (`RELAY-MESSAGE-09`)
 * or an area (`RELAY-MESSAGE`). No terms name all. Throws a UsageError for a term that names none.
 */
export function faultsNamed(terms: readonly string[], faults: readonly KnownFault[]): readonly KnownFault[] {
  return entriesNamed('fault', terms, faults)
}

/**
 * Those of the faults named that the suite is to find: what only walks find is left out, unless a term is its id. Throws
 * a UsageError for a term that names none.
 */
export function suiteFaultsNamed(
  terms: readonly string[],
  faults: readonly KnownFault[],
): readonly KnownFault[] {
  return faultsNamed(terms, faults).filter(({ id, foundBy }) => foundBy === 'scenarios' || terms.includes(id))
}

/** The fault of that id. Throws a UsageError where there is none, with the nearest id. */
export function faultOf(id: string, faults: readonly KnownFault[]): KnownFault {
  return entryOf('fault', id, faults)
}

function known(
  protocol: Protocol,
  { id, requirement, dialect, summary, foundBy, kind }: FaultRow,
): KnownFault {
  return { protocol, id, requirement, dialect, summary, foundBy, kind }
}
