import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'

/** The process that writes, and what it knows of others on its machine. */
export interface WritingProcess {
  readonly pid: number
  readonly host: string
  /** Names the processes of which `pid` is one: those of one container since its machine was started; empty where unknown. */
  readonly space: string
  /** Whether a process with this id is running among those. */
  readonly isRunning: (pid: number) => boolean
  /** Has `action` done every `ms` milliseconds, with the time in milliseconds since the Unix epoch; returns what ends it. */
  readonly repeat: (ms: number, action: (now: number) => void) => () => void
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

/** What a lock says of its owner. `since` is ISO 8601 in UTC; `token` is another for each of its locks. */
interface LockOwner {
  readonly pid: number
  readonly host: string
  readonly space: string
  readonly since: string
  readonly token: string
}

/** The file that says who writes in the folder it stands in. */
const LOCK = 'run.lock'

/** How often the owner of a lock shows that it is there, and from when on one that does not is gone. */
const [BEAT_MS, STALE_MS] = [10_000, 60_000]

/**
 * Takes `folder`, which exists, for this process alone at `now` (milliseconds since the Unix epoch), by a file
 * that names the process, and whose time says when it was last there. A lock is taken over at once where its process is
 * known to be gone, and after a minute where it is of another container. Throws a UsageError where another process is
 * writing there, or may be: of one on another machine nothing can be known.
 */
export function lockFolder(folder: NamedFolder, writer: WritingProcess, now: number): Unlock {
  const file = join(folder.path, LOCK)
  const { pid, host, space } = writer
  const owner: LockOwner = { pid, host, space, since: new Date(now).toISOString(), token: randomUUID() }
  const text = `${JSON.stringify(owner)}\n`
  if (!created(file, text)) takeOver(file, text, { shown: folder.shown, writer, now, token: owner.token })
  const ownLock = (action: () => void): void => {
    if (contentOf(file) === text) isDone(action)
  }
  const unlock = (): void => {
    ownLock(() => {
      rmSync(file)
    })
  }
  const show = (at: number): void => {
    ownLock(() => {
      utimesSync(file, at / SECOND_MS, at / SECOND_MS)
    })
  }
  show(now)
  const rest = writer.repeat(BEAT_MS, show)
  const callOff = writer.atExit(unlock)
  return () => {
    rest()
    callOff()
    unlock()
  }
}

const SECOND_MS = 1000

interface LockClaim {
  readonly shown: string
  readonly writer: WritingProcess
  readonly now: number
  readonly token: string
}

/** Moves a stale lock aside first, so that of two processes that find it only one gets it. */
function takeOver(file: string, text: string, claim: LockClaim): void {
  const found = contentOf(file)
  if (found !== null) refuseHeld(file, found, claim)
  const aside = `${file}.${claim.token}`
  const isMoved = isDone(() => {
    renameSync(file, aside)
  })
  if (isMoved) discard(aside, { found, file })
  if (!created(file, text)) refuseHeld(file, contentOf(file) ?? '', claim)
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

function refuseHeld(file: string, content: string, { shown, writer, now }: LockClaim): void {
  const owner = ownerOf(content)
  const lock = join(shown, LOCK)
  if (owner === null)
    throw new UsageError(
      `--reports: ${shown} is locked, and ${lock} does not say by which process; remove it where no run is going on`,
    )
  const { pid, host, since } = owner
  if (host !== writer.host)
    throw new UsageError(
      `--reports: a run is going on in ${shown}, by process ${pid} on ${host} since ${since}; name another folder, or remove ${lock} where that run is over`,
    )
  if (isThere(owner, writer, () => ageOf(file, now)))
    throw new UsageError(
      `--reports: a run is going on in ${shown}, by process ${pid} since ${since}; wait for its end, name another folder, or remove ${lock} where that process is no run`,
    )
}

/** Whether the owner of a lock still is, on this machine: by its id where that says something here, else by its last sign. */
function isThere(owner: LockOwner, { pid, space, isRunning }: WritingProcess, age: () => number): boolean {
  return owner.space === space ? owner.pid !== pid && isRunning(owner.pid) : age() < STALE_MS
}

/** How long ago the owner of a lock showed itself, in milliseconds, whichever way a clock was set; endless for no lock. */
function ageOf(file: string, now: number): number {
  const seen = statSync(file, { throwIfNoEntry: false })
  return seen === undefined ? Infinity : Math.abs(now - seen.mtimeMs)
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
    const owner = JSON.parse(content) as LockOwner
    const { pid, host, space, since, token } = owner
    const isWhole = [host, space, since, token].every((member) => typeof member === 'string')
    return isWhole && typeof pid === 'number' ? owner : null
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
