/**
 * A mistake of the user: an argument, a file or a name is wrong. The message is one
 * line that says what, where, expected, got, and what to do; the process ends with exit code 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
