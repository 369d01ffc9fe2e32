import { mstoreModel } from '#model/mstore/model.ts'
import { relayModel } from '#model/relay/model.ts'
import { protocolOfId } from '#protocol/register.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import { MSTORE_KNOWN } from '../mstore-story.ts'
import { picklesOf, type ParsedScenario } from '../pickles.ts'
import { RELAY_KNOWN } from '../relay-story.ts'
import { OPERATIONS, operationsOf } from './asked-operations.ts'
import type { BlindSpot, Looking } from './kinds-file.ts'

/** Operations of one protocol by what tries a kind on them; none is in two of these. */
export interface Tried {
  readonly scenarios: readonly string[]
  /** No scenario tries it there, and walks do. */
  readonly walks: readonly string[]
  readonly open: readonly string[]
  readonly nothing: readonly string[]
}

const scenarios = Object.fromEntries(
  PROTOCOLS.map((protocol) => [protocol, picklesOf(protocol)]),
) as Readonly<Record<Protocol, readonly ParsedScenario[]>>

/** The situations of each operation of the models, where a target file lacks nothing. */
export const SITUATIONS: Readonly<Record<Protocol, ReadonlyMap<string, readonly string[]>>> = {
  relay: situationsOf(relayModel(RELAY_KNOWN)),
  mstore: situationsOf(mstoreModel(MSTORE_KNOWN)),
}

function situationsOf({
  operations,
}: {
  readonly operations: readonly { readonly name: string; readonly situations: readonly string[] }[]
}): ReadonlyMap<string, readonly string[]> {
  return new Map(operations.map(({ name, situations }) => [name, situations]))
}

/** The scenarios that look for a kind as an entry says. */
export function scenariosOf({ id, only }: Looking): readonly ParsedScenario[] {
  return scenarios[protocolOfId(id)].filter(
    ({ name, tags }) =>
      tags.some((tag) => tag.name === `@${id}`) && (only?.some((words) => name.includes(words)) ?? true),
  )
}

/** The operations on which the scenarios of an entry try its kind. */
export function operationsTried(entry: Looking): readonly string[] {
  return entry.on ?? scenariosOf(entry).flatMap((scenario) => operationsOf(protocolOfId(entry.id), scenario))
}

/** What tries a kind on the operations of a protocol. */
export function tried(protocol: Protocol, { scenarios: entries, walks, open }: BlindSpot): Tried {
  const asked = new Set(entries.filter(({ id }) => protocolOfId(id) === protocol).flatMap(operationsTried))
  const left = new Set(open.flatMap(({ of }) => of))
  const walked = (name: string): boolean => {
    const situations = SITUATIONS[protocol].get(name) ?? []
    return walks === 'everywhere' || situations.some((each) => walks.includes(each))
  }
  const placeOf = (name: string): keyof Tried => {
    if (asked.has(name)) return 'scenarios'
    if (left.has(name) || left.has(protocol)) return 'open'
    return walked(name) ? 'walks' : 'nothing'
  }
  const names = Object.keys(OPERATIONS[protocol])
  const of = (place: keyof Tried): readonly string[] => names.filter((name) => placeOf(name) === place)
  return { scenarios: of('scenarios'), walks: of('walks'), open: of('open'), nothing: of('nothing') }
}
