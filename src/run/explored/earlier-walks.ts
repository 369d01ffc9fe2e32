import { readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { featureUri } from '../feature-files.ts'
import type { RunPlan } from '../run-plan.ts'

/** The folder of the features that walks leave, in that of the reports. */
export const WALKS_FOLDER = 'explored'

/** How the feature of a walk begins, which distinguishes it from other files there. */
export const WALK_FEATURE = 'Explored: '

/**
 * Removes the features that earlier walks have left in the folder of the reports, since they say nothing of this run; what
 * this run itself runs stays, and so does every other file.
 */
export function removeEarlierWalks({ reports, selection }: Pick<RunPlan, 'reports' | 'selection'>): void {
  const folder = join(reports.path, WALKS_FOLDER)
  const running = new Set(selection.scenarios.map(({ uri }) => uri))
  for (const file of featuresIn(folder)) {
    const path = join(folder, file)
    const isOfAWalk = readFileSync(path, 'utf8').startsWith(`Feature: ${WALK_FEATURE}`)
    if (isOfAWalk && !running.has(featureUri(realpathSync(path)))) rmSync(path)
  }
}

function featuresIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.feature'))
  } catch {
    return []
  }
}
