import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import { errorCode, readFailure } from '#evidence/system-error.ts'
import { newKeys, signatureOf } from '#report/statement/signature.ts'
import { readText } from '#run/targets/read-text.ts'
import type { Environment } from './environment.ts'
import { againstRecord } from './statement-against-record.ts'
import { STATEMENT } from './statement.ts'

/** What the commands for signatures read from their command line: the folder of a run, and the file of a key. */
export interface KeyOptions {
  readonly dir: string
  readonly key: string
}

type KeyPlace = Pick<Environment, 'cwd' | 'stdout'>

/** For its owner alone. */
const PRIVATE_MODE = 0o600

/** Makes a pair of Ed25519 keys: `key` and `key.pub`. Returns 0. Throws a UsageError where one of the files is there already. */
export async function keygenCommand(
  { key }: Pick<KeyOptions, 'key'>,
  { cwd, stdout }: KeyPlace,
): Promise<number> {
  const { privateKey, publicKey } = newKeys()
  await writeNew({ file: key, text: privateKey, mode: PRIVATE_MODE }, cwd)
  await writeNew({ file: `${key}.pub`, text: publicKey }, cwd)
  stdout.write(`Written: ${key} (keep it to yourself), ${key}.pub (for who checks)\n`)
  return 0
}

/**
 * Signs the statement of a run: `statement.json.sig`. Returns 0, or 1 where it is not the statement of the record beside it.
 * Throws a UsageError where there is no statement, no record or no key.
 */
export async function signCommand({ dir, key }: KeyOptions, { cwd, stdout }: KeyPlace): Promise<number> {
  const text = statementIn(dir, cwd)
  const signature = signatureOf(text, readText('--key', key, cwd), key)
  const held = againstRecord(text, dir, cwd)
  if (held.kind === 'refused') {
    stdout.write(`✗ not signed: ${held.why}\n`)
    return 1
  }
  const file = join(dir, SIGNATURE)
  await writeFile(resolve(cwd, file), `${signature}\n`)
  stdout.write(`Written: ${file}\n`)
  return 0
}

/** The name of the signature of a statement, beside it. */
const SIGNATURE = `${STATEMENT}.sig`

/** The text of the statement in the folder of a run. Throws a UsageError where there is none. */
export function statementIn(dir: string, cwd: string): string {
  return fileIn(join(dir, STATEMENT), cwd, `touchstone statement ${dir} makes one`)
}

/** The signature of the statement in the folder of a run. Throws a UsageError where there is none. */
export function signatureIn(dir: string, cwd: string): string {
  return fileIn(join(dir, SIGNATURE), cwd, `touchstone statement sign ${dir} --key FILE makes one`).trim()
}

function fileIn(file: string, cwd: string, cure: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new UsageError(`${file}: cannot be read (${readFailure(error)}); ${cure}`, { cause: error })
  }
}

interface NewFile {
  readonly file: string
  readonly text: string
  readonly mode?: number
}

async function writeNew({ file, text, mode }: NewFile, cwd: string): Promise<void> {
  try {
    await writeFile(resolve(cwd, file), text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) })
  } catch (error) {
    const why = errorCode(error)
    throw new UsageError(
      `--key ${file}: ${why === 'EEXIST' ? 'is there already; name another file' : `cannot be written (${why})`}`,
      { cause: error },
    )
  }
}
