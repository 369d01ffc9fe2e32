import { statSync } from 'node:fs'
import type { FileSource, Target } from '#driver/target.ts'

/** The target with what its files hold by now left aside: only what is appended from now on is of the run. */
export function sinceNow(target: Target): Target {
  return { ...target, capabilities: marked(target.capabilities) } as Target
}

function marked(part: object): object {
  return Object.fromEntries(
    Object.entries(part).map(([name, member]: [string, unknown]) => {
      if (typeof member !== 'object' || member === null || Array.isArray(member)) return [name, member]
      return [name, isFile(member) ? { ...member, from: sizeOf(member.path) } : marked(member)]
    }),
  )
}

function isFile(part: object): part is FileSource {
  return 'kind' in part && part.kind === 'file'
}

/** The bytes of a file; none where it is not there yet. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
