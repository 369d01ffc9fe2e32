import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import type { TlsMaterial } from '#mocks/edge/handshakes.ts'
import type { AnyMockOptions } from './mock-format.ts'

/** The certificate that `--cert` and `--key` name, read; undefined where neither is given. Only both are one. */
export function givenCertificate(
  { cert, key }: Pick<AnyMockOptions, 'cert' | 'key'>,
  cwd: string,
): TlsMaterial | undefined {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined) throw new UsageError('--key: expected --cert with it, the certificate of that key')
  if (key === undefined) throw new UsageError('--cert: expected --key with it, the key of that certificate')
  return { cert: fileText('--cert', resolve(cwd, cert)), key: fileText('--key', resolve(cwd, key)) }
}

/** The text of a file that an option names; one that cannot be read is a UsageError. */
function fileText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new UsageError(`${option} ${path}: expected a file that can be read, got ${code}`)
  }
}
