/** An error of the operating system, as Node.js reports it: its code such as `ENOSPC`, and the call that failed. */
export interface SystemError extends Error {
  readonly code: string
  readonly syscall: string
}

/** Whether the operating system refused something: no mistake of the program. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
}

/** The code of an error and what it means, such as `ENOSPC: no space left on device`, without call and path. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [line = error.name] = error.message.split('\n')
  return isSystemError(error) ? (/^[A-Z0-9]+: [^,]*/.exec(line)?.[0] ?? error.code) : line
}

/** The code of an error alone, such as `ENOSPC`; of one that has none all that it says. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'permission denied',
}

/** Why a file cannot be read, in words; where there are none for it, the code of the error. */
export function readFailure(error: unknown): string {
  const code = errorCode(error)
  return READ_FAULTS[code] ?? code
}
