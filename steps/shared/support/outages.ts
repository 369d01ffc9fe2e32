import type { Skip } from '#evidence/step-evidence.ts'
import type { Capability } from '#protocol/requirements.ts'

/** So many ordinary requests in a row fail before an operation that never worked is given up. */
const NEVER_WORKED = 3
/** So many where it has worked before: it may be the odd request alone that fails. */
const WORKED_BEFORE = 12
const SERVER_ERROR = 500

/** What came of the ordinary requests of one operation, which each party must be granted. */
interface OperationRecord {
  readonly hasWorked: boolean
  /** Those in a row that failed last. */
  readonly failures: number
  /** What is violated by it. */
  readonly requirement: string
  /** What came instead. */
  readonly got: string
}

/** What a scenario that needs a capability begins with: no code is sent that could not be confirmed. */
const PRESUPPOSED: Readonly<Partial<Record<Capability, readonly string[]>>> = {
  verificationCode: ['GET /v1/accounts/{transport}/code/{number}', 'PUT /v1/accounts/code/{code}'],
}

/** An ordinary request that was made, and what came of it. */
export interface OrdinaryRequest {
  readonly operation: string
  /** Null where no whole answer came, though the server answers other requests. */
  readonly status: number | null
  readonly text: string
  readonly requirement: string
}

/** The operation that a step needs was given up: it would fail once more, for the reason that was reported already. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp'
  readonly skip: Skip

  constructor(skip: Skip) {
    super(`${skip.name} was given up: ${skip.enable}`)
    this.skip = skip
  }
}

/**
 * Operations that fail for every party with an error of the server's own, or are never answered. Such an operation is
 * given up for the run: the scenarios that need it would only repeat what is reported once.
 */
export class Outages {
  readonly #records = new Map<string, OperationRecord>()

  /** Keeps what came of a request that must be granted. A refusal says that the operation works. */
  note({ operation, status, text, requirement }: OrdinaryRequest): void {
    const { hasWorked = false, failures = 0 } = this.#records.get(operation) ?? {}
    const isOut = status === null || status >= SERVER_ERROR
    this.#records.set(operation, {
      hasWorked: hasWorked || !isOut,
      failures: isOut ? failures + 1 : 0,
      requirement,
      got: text,
    })
  }

  /** Throws GivenUp where that operation was given up. */
  refuse(operation: string): void {
    const skip = this.#skipOf(operation)
    if (skip !== null) throw new GivenUp(skip)
  }

  /** Why a scenario that needs these capabilities is not begun; null where it may be. */
  skipFor(needs: readonly Capability[]): Skip | null {
    const operations = needs.flatMap((need) => PRESUPPOSED[need] ?? [])
    return operations.map((operation) => this.#skipOf(operation)).find((skip) => skip !== null) ?? null
  }

  #skipOf(operation: string): Skip | null {
    const record = this.#records.get(operation)
    if (record === undefined) return null
    const { failures, hasWorked, requirement, got } = record
    if (failures < (hasWorked ? WORKED_BEFORE : NEVER_WORKED)) return null
    const enable = `${requirement} is violated: ${failures} ordinary requests in a row got ${got}`
    return { code: 'given-up', name: operation, enable }
  }

  /** Another run begins. */
  clear(): void {
    this.#records.clear()
  }
}
