import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/** Whether this module runs as a part of the few files that `rolldown.commands.mjs` makes of all, or as a file of its own. */
const isJoined = import.meta.url.includes('/dist/joined/')
const isSingle = import.meta.url.includes('/dist/src/')

/** The script of a thread that runs scenarios. It shares no module with this process, only its form. */
export const RUN_WORKER = join(
  PACKAGE_ROOT,
  isSingle ? 'dist/src/run/run-worker.js' : 'dist/joined/run-worker.js',
)

/** The steps, as globs from the root of a package. They have to share their modules with this one. */
export const STEPS = isJoined ? 'dist/joined/steps.js' : 'dist/steps/**/*.js'
