import { isSigned } from '#report/statement/signature.ts'
import { readText } from '#run/targets/read-text.ts'
import type { Environment } from './environment.ts'
import { againstRecord } from './statement-against-record.ts'
import { signatureIn, statementIn, type KeyOptions } from './statement-keys.ts'

const REFUSED = 1
const NOT_JUDGED = 3

/**
 * Checks the statement of a run: that it was signed with that key, that the record beside it is the one it rests on, and that
 * it says what the record shows. Prints what holds; returns 1 at what does not, 3 where the record is of another version of
 * Touchstone, else 0. Throws a UsageError where a file is missing or the key is none.
 */
export function checkCommand(
  { dir, key }: KeyOptions,
  { cwd, stdout }: Pick<Environment, 'cwd' | 'stdout'>,
): number {
  const text = statementIn(dir, cwd)
  const signature = signatureIn(dir, cwd)
  if (!isSigned({ text, signature }, readText('--key', key, cwd), key)) {
    stdout.write(`✗ refused: ${dir}: the statement is not what was signed with ${key}\n`)
    return REFUSED
  }
  stdout.write(`✓ signed with ${key}\n`)
  const held = againstRecord(text, dir, cwd)
  if (held.kind === 'refused') {
    stdout.write(`✗ refused: ${held.why}\n`)
    return REFUSED
  }
  stdout.write('✓ the record is the one that the statement rests on\n')
  if (held.kind === 'not judged') {
    stdout.write(`○ not judged again: ${held.why}\n`)
    return NOT_JUDGED
  }
  stdout.write('✓ it says what the record shows\n')
  return 0
}
