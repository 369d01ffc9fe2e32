import { fromUtf8 } from '#protocol/bytes.ts'
import type { BodyChecker } from '#protocol/schema-check.ts'

/** A schema that the body of a request is said to fit. */
export interface Contract {
  /** The name of the schema. */
  readonly schema: string
  /** How a body misses it, a line for each deviation; empty where it fits. */
  readonly deviations: (body: Uint8Array) => readonly string[]
}

/** The contract of a JSON body. */
export function jsonContract<Name extends string>(schema: Name, check: BodyChecker<Name>): Contract {
  return { schema, deviations: (body) => check(schema, JSON.parse(fromUtf8(body) ?? '')) }
}
