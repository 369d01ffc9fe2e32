import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'

/** The process that writes, and what it can tell of others on its machine. */
export interface WritingProcess {
  readonly pid: number
  readonly host: string
  /** Whether a process with this id is running on this machine. */
  readonly isRunning: (pid: number) => boolean
  /** Has `action` done when the process exits, however it comes to that; returns what calls it off. */
  readonly atExit: (action: () => void) => () => void
}

/** A folder: its absolute path, and as the user named it. */
export interface NamedFolder {
  readonly path: string
  readonly shown: string
}

/** Gives a locked folder back; doing so twice, or after the folder was removed, does nothing. */
export type Unlock = () => void

/** What a lock says of its owner. `since` is ISO 8601 in UTC. */
interface LockOwner {
  readonly pid: number
  readonly host: string
  readonly since: string
}

/** The file that says who writes in the folder it stands in. */
const LOCK = 'run.lock'

/**
 * Takes `folder`, which exists, for this process alone at `now` (milliseconds since the Unix epoch), by a file
 * that names the process. A lock whose process is gone is taken over. Throws a UsageError where another process
 * is writing there, or may be: of one on another machine nothing can be known.
 */
export function lockFolder(folder: NamedFolder, writer: WritingProcess, now: number): Unlock {
  const file = join(folder.path, LOCK)
  const owner: LockOwner = { pid: writer.pid, host: writer.host, since: new Date(now).toISOString() }
  const text = `${JSON.stringify(owner)}\n`
  if (!created(file, text)) takeOver(file, text, { shown: folder.shown, writer })
  const unlock = (): void => {
    if (contentOf(file) === text)
      isDone(() => {
        rmSync(file)
      })
  }
  const callOff = writer.atExit(unlock)
  return () => {
    callOff()
    unlock()
  }
}

interface LockClaim {
  readonly shown: string
  readonly writer: WritingProcess
}

/** Moves a stale lock aside first, so that of two processes that find it only one gets it. */
function takeOver(file: string, text: string, claim: LockClaim): void {
  const found = contentOf(file)
  if (found !== null) refuseHeld(found, claim)
  const aside = `${file}.${claim.writer.pid}`
  const isMoved = isDone(() => {
    renameSync(file, aside)
  })
  if (isMoved) discard(aside, { found, file })
  if (!created(file, text)) refuseHeld(contentOf(file) ?? '', claim)
}

/** Throws away what was moved aside, unless another process had taken the lock in the meantime: that is put back. */
function discard(
  aside: string,
  { found, file }: { readonly found: string | null; readonly file: string },
): void {
  if (contentOf(aside) !== found)
    isDone(() => {
      linkSync(aside, file)
    })
  rmSync(aside, { force: true })
}

function refuseHeld(content: string, { shown, writer: { pid, host, isRunning } }: LockClaim): void {
  const owner = ownerOf(content)
  const lock = join(shown, LOCK)
  if (owner === null)
    throw new UsageError(
      `--reports: ${shown} is locked, and ${lock} does not say by which process; remove it where no run is going on`,
    )
  const since = `since ${owner.since}`
  if (owner.host !== host)
    throw new UsageError(
      `--reports: a run is going on in ${shown}, by process ${owner.pid} on ${owner.host} ${since}; name another folder, or remove ${lock} where that run is over`,
    )
  if (owner.pid !== pid && isRunning(owner.pid))
    throw new UsageError(
      `--reports: a run is going on in ${shown}, by process ${owner.pid} ${since}; wait for its end, name another folder, or remove ${lock} where that process is no run`,
    )
}

function created(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    isDone(() => {
      rmSync(file, { force: true })
    })
    throw error
  }
}

function ownerOf(content: string): LockOwner | null {
  try {
    const { pid, host, since } = JSON.parse(content) as Partial<LockOwner>
    return typeof pid === 'number' && typeof host === 'string' && typeof since === 'string'
      ? { pid, host, since }
      : null
  } catch {
    return null
  }
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function isDone(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
