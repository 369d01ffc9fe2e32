import { resolve } from 'node:path'
import { recordFiles } from '#report/statement/record-files.ts'
import { isSigned } from '#report/statement/signature.ts'
import { statementText, type Stated } from '#report/statement/statement.ts'
import { schemaValidator } from '#run/schema-validator.ts'
import { toolVersion } from '#run/tool-version.ts'
import { readText } from '#run/targets/resolve-target.ts'
import type { Environment } from './environment.ts'
import { signatureIn, statementIn, type KeyOptions } from './statement-keys.ts'
import { stated } from './statement.ts'

const REFUSED = 1

/**
 * Checks the statement of a run: that it was signed with that key, that the record beside it is the one it rests on, and that
 * it says what the record shows. Prints what holds; returns 1 at what does not, else 0. Throws a UsageError where a file
 * is missing or the key is none.
 */
export function checkCommand(
  { dir, key }: KeyOptions,
  { cwd, stdout }: Pick<Environment, 'cwd' | 'stdout'>,
): number {
  const text = statementIn(dir, cwd)
  const signature = signatureIn(dir, cwd)
  const pem = readText('--key', key, cwd)
  const refused = (why: string): number => {
    stdout.write(`✗ refused: ${why}\n`)
    return REFUSED
  }
  if (!isSigned({ text, signature }, pem, key))
    return refused(`${dir}: the statement is not what was signed with ${key}`)
  const statement = parsed(text)
  if (statement === null) return refused(`${dir}: what was signed is no statement`)
  const { claimed: claim, record, tool } = statement
  const files = recordFiles(resolve(cwd, dir), dir)
  const edited = Object.keys(files).find((name) => files[name] !== record[name])
  if (edited !== undefined) return refused(`${dir}/${edited}: is not the file that the statement rests on`)
  stdout.write(`✓ signed with ${key}\n✓ the record is the one that the statement rests on\n`)
  const version = toolVersion()
  if (tool.version !== version) {
    stdout.write(`○ not judged again: it is of touchstone ${tool.version}, and this is ${version}\n`)
    return 0
  }
  if (statementText(stated({ dir, claim }, cwd)) !== text)
    return refused(`${dir}: the statement does not say what its record shows`)
  stdout.write('✓ it says what the record shows\n')
  return 0
}

/** What is read of a statement. */
interface WrittenStatement extends Pick<Stated, 'claimed' | 'record'> {
  readonly tool: { readonly version: string }
}

/** A signature says who wrote a text, and not that it is a statement. */
function parsed(text: string): WrittenStatement | null {
  const conforms = schemaValidator<WrittenStatement>('statement')
  try {
    const value: unknown = JSON.parse(text)
    return conforms(value) ? value : null
  } catch {
    return null
  }
}
