import { resolve } from 'node:path'
import { recordFiles } from '#report/statement/record-files.ts'
import { statementText, type Stated } from '#report/statement/statement.ts'
import { schemaValidator } from '#protocol/schema-validator.ts'
import { toolVersion } from '#run/tool-version.ts'
import { stated } from './statement.ts'

/** What comes of a statement that is held against the record beside it. */
export type HeldStatement =
  | { readonly kind: 'holds' }
  /** The record is another, or shows something else. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The record is the one, and another version of Touchstone judged it. */
  | { readonly kind: 'not judged'; readonly why: string }

/** What is read of a statement. */
interface WrittenStatement extends Pick<Stated, 'claimed' | 'record'> {
  readonly tool: { readonly version: string }
}

/**
 * Whether a text is the statement of the record in `dir`. Throws a UsageError where the record cannot be read, or is of a run
 * that did not come to its end.
 */
export function againstRecord(text: string, dir: string, cwd: string): HeldStatement {
  const statement = parsed(text)
  if (statement === null) return refused(`${dir}/statement.json: is no statement`)
  const { claimed: claim, record, tool } = statement
  const files = recordFiles(resolve(cwd, dir), dir)
  const edited = Object.keys(files).find((name) => files[name] !== record[name])
  if (edited !== undefined) return refused(`${dir}/${edited}: is not the file that the statement rests on`)
  const made = stated({ dir, claim }, cwd)
  const { version: recorded } = made.run.tool
  if (tool.version !== recorded)
    return refused(
      `${dir}: the statement says that it is of touchstone ${tool.version}, and its record is of ${recorded}`,
    )
  const version = toolVersion()
  if (recorded !== version)
    return { kind: 'not judged', why: `the record is of touchstone ${recorded}, and this is ${version}` }
  return statementText(made) === text
    ? { kind: 'holds' }
    : refused(`${dir}: the statement does not say what its record shows`)
}

function refused(why: string): HeldStatement {
  return { kind: 'refused', why }
}

function parsed(text: string): WrittenStatement | null {
  const conforms = schemaValidator<WrittenStatement>('statement')
  try {
    const value: unknown = JSON.parse(text)
    return conforms(value) ? value : null
  } catch {
    return null
  }
}
