import { UsageError } from '#evidence/usage-error.ts'
import { CONTROL_SCHEMAS, type ControlSchema } from '#protocol/control-schemas.ts'
import { bodyChecker } from '#protocol/schema-check.ts'
import { ControlError } from './control-error.ts'

const check = bodyChecker<ControlSchema>(CONTROL_SCHEMAS)

/**
 * Fills a mock with the document that it begins with; undefined is none. What misses the schema or cannot be added is a
 * UsageError with one line: the place, what was expected, and what came.
 */
export function addStanding<Data>(
  data: Data | undefined,
  schema: ControlSchema,
  add: (data: Data) => unknown,
): void {
  if (data === undefined) return
  const [fault] = check(schema, data)
  if (fault !== undefined) throw new UsageError(`--data: ${fault}`)
  try {
    add(data)
  } catch (error) {
    throw error instanceof ControlError ? new UsageError(`--data: ${error.message}`) : error
  }
}
