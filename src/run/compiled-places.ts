import { join } from 'node:path'
import { CODE_FORM, PACKAGE_ROOT } from '#protocol/package-root.ts'

/** The script of a thread that runs scenarios. It shares no module with this process, only its form. */
export const RUN_WORKER = join(
  PACKAGE_ROOT,
  CODE_FORM === 'compiled' ? 'dist/src/run/run-worker.js' : 'dist/joined/run-worker.js',
)

/** The steps, as globs from the root of a package. They have to share their modules with this one. */
export const STEPS = CODE_FORM === 'joined' ? 'dist/joined/steps.js' : 'dist/steps/**/*.js'
