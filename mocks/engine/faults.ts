import { KINDS, type BlindSpotKind } from '#protocol/kinds.ts'
import type { Fault } from './active-faults.ts'
import type { Patch } from './patch.ts'

/** A fault of a mock whose server is read as documented, or as deployed. */
export interface MockFault<Rules> extends Fault<Rules> {
  /** The dialect in which it is a violation. */
  readonly dialect: 'documented' | 'deployed'
  /**
   * Who finds it: the scenarios of its requirement; or none of the suite, since it takes a sequence of requests that no
   * scenario makes, and only walks do.
   */
  readonly foundBy: 'scenarios' | 'walks'
  /** The kind of blind spot that it shows; null where it has those of its requirement. */
  readonly kind: BlindSpotKind | null
}

/** Rules with a status for each outcome of each operation. */
interface WithStatuses {
  readonly status: Readonly<Record<string, Readonly<Record<string, number>>>>
}

type NoStatuses = Readonly<Record<string, never>>

/** Faults that answer other statuses: id, summary, the kinds of outcome concerned, and the status they get. */
export type StatusFaultRows<Kind> = readonly (readonly [
  id: string,
  summary: string,
  kinds: Kind | readonly Kind[],
  status: number,
])[]

/** How the faults of one mock are written. An id reads `REQUIREMENT/what-is-wrong`, a summary what the server does. */
export interface FaultWriter<Rules> {
  readonly fault: (id: string, summary: string, patch: Patch<Rules>) => MockFault<Rules>
  /** A fault of a server that is read as deployed; as documented, it may be right. */
  readonly deployedFault: FaultWriter<Rules>['fault']
  /** A fault that no scenario finds, and walks do. */
  readonly walkFault: FaultWriter<Rules>['fault']
  /** Faults of one operation that change nothing but statuses. */
  readonly statusFaults: <
    Operation extends keyof Statuses & string,
    Statuses = Rules extends WithStatuses ? Rules['status'] : NoStatuses,
  >(
    operation: Operation,
    rows: StatusFaultRows<keyof Statuses[Operation] & string>,
  ) => readonly MockFault<Rules>[]
}

/** The writer of the faults of a mock with these rules. */
export function faultWriter<Rules>(): FaultWriter<Rules> {
  const written = (
    dialect: MockFault<Rules>['dialect'],
    foundBy: MockFault<Rules>['foundBy'],
  ): FaultWriter<Rules>['fault'] => {
    return (id, summary, patch) => {
      const [requirement = ''] = id.split('/')
      return { id, requirement, summary, patch, dialect, foundBy, kind: null }
    }
  }
  const fault = written('documented', 'scenarios')
  return {
    fault,
    deployedFault: written('deployed', 'scenarios'),
    walkFault: written('documented', 'walks'),
    statusFaults: (operation, rows) =>
      rows.map(([id, summary, kinds, status]) => {
        const statuses = Object.fromEntries([kinds].flat().map((kind) => [kind, status]))
        return fault(id, summary, { status: { [operation]: statuses } } as Patch<Rules>)
      }),
  }
}

/** Faults by their kind, each with the name of its kind, in the order of the kinds. */
export function ofKinds<Rules>(
  faults: Readonly<Partial<Record<BlindSpotKind, readonly MockFault<Rules>[]>>>,
): readonly MockFault<Rules>[] {
  return KINDS.flatMap((kind) => (faults[kind] ?? []).map((fault) => ({ ...fault, kind })))
}
