/** What becomes of an answer on its way: the request has been carried out, and the client may never hear of it. */
export const NETWORK_FAULT_KINDS = ['delay', 'cut', 'reset', 'drip', 'status', 'garbage'] as const

/** A fault of the network, and which requests meet it. Times in ms; what is left out holds for every request. */
export interface NetworkFault {
  /**
   * `delay`: the answer comes `ms` later. `cut`: after `bytes` of it the connection ends. `reset`: in its place the
   * connection is reset. `drip`: it comes in pieces of `bytes`, each `ms` after the one before. `status`: a gateway
   * answers `status` in its place. `garbage`: `bytes` that are no HTTP come in its place.
   */
  readonly kind: (typeof NETWORK_FAULT_KINDS)[number]
  readonly ms?: number
  readonly bytes?: number
  readonly status?: number
  /** The name of an operation, as the journal has it. */
  readonly operation?: string
  /** A number that the request names in its path or its credentials. */
  readonly number?: string
  /** The first request that meets it, counted from 1 among those it is for. */
  readonly nth?: number
  /** How many meet it from there on: one where `nth` is given, else all. */
  readonly next?: number
}

/** A fault that is at work: its id, and how many requests it was for so far. */
export interface ActiveNetworkFault extends NetworkFault {
  readonly id: number
  readonly seen: number
}

/** A request, as far as faults of the network are for it. */
export interface Concerned {
  readonly operation: string
  /** Asked for where it matters. */
  readonly numbers: () => readonly string[]
}

/** Which faults of the network are at work. */
export class NetworkFaults {
  readonly #active = new Map<number, ActiveNetworkFault>()
  #last = 0

  /** Those at work, oldest first. */
  list(): readonly ActiveNetworkFault[] {
    return [...this.#active.values()]
  }

  /** Sets one to work; its id. */
  add(fault: NetworkFault): number {
    const id = ++this.#last
    this.#active.set(id, { ...fault, id, seen: 0 })
    return id
  }

  /** Ends one, or all; false where there is none of that id. */
  remove(id?: number): boolean {
    if (id !== undefined) return this.#active.delete(id)
    this.#active.clear()
    return true
  }

  /** The fault that a request meets, the oldest of several; it counts for all that it is one of. */
  take(request: Concerned): NetworkFault | null {
    if (this.#active.size === 0) return null
    let met: NetworkFault | null = null
    for (const fault of this.#active.values()) {
      if (!isFor(fault, request)) continue
      const seen = fault.seen + 1
      const { first, last } = span(fault)
      if (seen >= last) this.#active.delete(fault.id)
      else this.#active.set(fault.id, { ...fault, seen })
      if (seen >= first) met ??= fault
    }
    return met
  }
}

function isFor({ operation, number }: NetworkFault, request: Concerned): boolean {
  return (
    (operation === undefined || operation === request.operation) &&
    (number === undefined || request.numbers().includes(number))
  )
}

/** Which of the requests it is for meet a fault, counted from 1. */
function span({ nth, next }: NetworkFault): { readonly first: number; readonly last: number } {
  const first = nth ?? 1
  return { first, last: first + (next ?? (nth === undefined ? Infinity : 1)) - 1 }
}

/** A fault in a few words, for the journal. */
export function networkFaultNote({ kind, ms, bytes, status }: NetworkFault): string {
  const facts = [
    ms === undefined ? [] : `${ms} ms`,
    bytes === undefined ? [] : `${bytes} bytes`,
    status ?? [],
  ]
  return ['network fault', kind, ...facts.flat()].join(' ')
}
