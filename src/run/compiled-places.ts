import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/** Whether this module runs as a part of the few files that `rolldown.commands.mjs` makes of all, or as a file of its own. */
const [, form] = relative(PACKAGE_ROOT, fileURLToPath(import.meta.url)).split(sep)
const isJoined = form === 'joined'
const isSingle = form === 'src'

/** The script of a thread that runs scenarios. It shares no module with this process, only its form. */
export const RUN_WORKER = join(
  PACKAGE_ROOT,
  isSingle ? 'dist/src/run/run-worker.js' : 'dist/joined/run-worker.js',
)

/** The steps, as globs from the root of a package. They have to share their modules with this one. */
export const STEPS = isJoined ? 'dist/joined/steps.js' : 'dist/steps/**/*.js'
