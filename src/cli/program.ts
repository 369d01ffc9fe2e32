import { defineCompare, defineMatrix, defineTrend } from './define-across.ts'
import { defineDoctor } from './define-doctor.ts'
import { defineExport } from './define-export.ts'
import { defineCleanup } from './define-cleanup.ts'
import { defineExplore } from './define-explore.ts'
import { defineFaults } from './define-faults.ts'
import { defineInit } from './define-init.ts'
import { defineVariants } from './define-variants.ts'
import { defineMock } from './define-mock.ts'
import { definePlan } from './define-plan.ts'
import { defineProve } from './define-prove.ts'
import { defineReplay } from './define-replay.ts'
import { defineReport } from './define-report.ts'
import { defineRequirements } from './define-requirements.ts'
import { defineStatement } from './define-statement.ts'
import { defineVerify } from './define-verify.ts'
import { commandRunner } from './run-commands.ts'

export { writingProcess } from './writing-process.ts'

/** The whole command line. */
export const commandLine = commandRunner([
  defineVerify,
  defineExplore,
  definePlan,
  defineInit,
  defineDoctor,
  defineMock,
  defineRequirements,
  defineFaults,
  defineVariants,
  defineProve,
  defineReport,
  defineReplay,
  defineCleanup,
  defineCompare,
  defineMatrix,
  defineTrend,
  defineExport,
  defineStatement,
])
