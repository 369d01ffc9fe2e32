import { Writable } from 'node:stream'

/** A standard stream that outlives what it writes to. */
export interface EnduringOutput {
  readonly stream: Writable
  /** Why text was lost; null where none was, or where its reader left before the end, as head does. */
  readonly loss: () => Error | null
}

/**
 * Passes text on to `output` until that can no longer be written to, because a disk is full, say; what comes then is
 * lost without an error. `onLoss` is called once, except where the reader has left. Text is passed on at once.
 */
export function enduringOutput(
  output: Writable,
  onLoss: (error: Error) => void = () => undefined,
): EnduringOutput {
  let isBroken = false
  let loss: Error | null = null
  const fail = (error: Error): void => {
    if (isBroken) return
    isBroken = true
    if ('code' in error && error.code === 'EPIPE') return
    loss = error
    onLoss(error)
  }
  output.on('error', fail)
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      if (!isBroken) attempt(() => output.write(chunk), fail)
      done()
    },
  })
  return { stream, loss: () => loss }
}

/** Writing to a file may throw where other streams report. */
function attempt(write: () => void, fail: (error: Error) => void): void {
  try {
    write()
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)))
  }
}
