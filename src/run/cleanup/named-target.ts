import { resolve } from 'node:path'
import type { LedgerTarget } from '#evidence/ledger-line.ts'
import type { TargetOptions } from '../targets/resolve-target.ts'

/** How the command line names a target, for a clean-up from another folder: paths are absolute. */
export function namedTarget(
  { target, url, control, ca, insecure }: TargetOptions,
  cwd: string,
): LedgerTarget {
  return {
    ...(target === undefined ? {} : { target: resolve(cwd, target) }),
    ...(url === undefined ? {} : { url }),
    ...(control === undefined ? {} : { control }),
    ...(ca === undefined ? {} : { ca: resolve(cwd, ca) }),
    ...(insecure === undefined ? {} : { insecure }),
  }
}
