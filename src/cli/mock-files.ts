import { resolve } from 'node:path'
import { printable } from '#evidence/printable.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { TlsMaterial } from '#mocks/edge/handshakes.ts'
import { readText } from '#run/targets/read-text.ts'
import type { AnyMockOptions } from './mock-format.ts'

/** The certificate that `--cert` and `--key` name, read; undefined where neither is given. Only both are one. */
export function givenCertificate(
  { cert, key }: Pick<AnyMockOptions, 'cert' | 'key'>,
  cwd: string,
): TlsMaterial | undefined {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined) throw new UsageError('--key: expected --cert with it, the certificate of that key')
  if (key === undefined) throw new UsageError('--cert: expected --key with it, the key of that certificate')
  return {
    cert: readText('--cert', resolve(cwd, cert), cwd),
    key: readText('--key', resolve(cwd, key), cwd),
  }
}

/**
 * The document that `--data` names, as YAML or JSON has it; undefined where none is given. One that cannot be read is a
 * UsageError; what it says is for the mock to judge.
 */
export async function givenData({ data }: Pick<AnyMockOptions, 'data'>, cwd: string): Promise<unknown> {
  if (data === undefined) return undefined
  const { LineCounter, parseDocument } = await import('yaml')
  const lineCounter = new LineCounter()
  const document = parseDocument(readText('--data', resolve(cwd, data), cwd), {
    lineCounter,
    prettyErrors: false,
  })
  const [error] = document.errors
  if (error !== undefined) {
    const { line } = lineCounter.linePos(error.pos[0])
    throw new UsageError(`--data ${data}:${line}: ${printable(error.message)}`)
  }
  try {
    return document.toJS() as unknown
  } catch (aliases) {
    throw new UsageError(`--data ${data}: ${printable(String(aliases))}`)
  }
}
