import { printable } from '#evidence/printable.ts'
import { CONTROL_SCHEMAS, type ControlSchema } from '#protocol/control-schemas.ts'
import { bodyChecker } from '#protocol/schema-check.ts'
import { CapabilityFailure } from './failures.ts'

/**
 * Reads JSON that a control plane answered or a command printed; members that the schema does not know are kept.
 * Throws a CapabilityFailure that begins with `place` where it misses its schema; no value is in the message, for it
 * may be secret.
 */
export type AnswerReader<Value> = (json: unknown, place: string) => Value

const check = bodyChecker<ControlSchema>(CONTROL_SCHEMAS, { hidesValues: true })

/** The reader of answers that have that schema, as the type that it describes. */
export function answerReader<Value>(schema: ControlSchema): AnswerReader<Value> {
  return (json, place) => {
    const [mistake] = check(schema, json)
    if (mistake !== undefined) throw new CapabilityFailure(`${place}: ${printable(mistake)}`)
    return json as Value
  }
}
