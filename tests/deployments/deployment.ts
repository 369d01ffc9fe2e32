import { writeFileSync } from 'node:fs'
import { touchstone, type Ended, type Workplace } from '../cli/touchstone.ts'

/** What a run against a target file came to. */
export interface DeploymentRun extends Ended {
  /** The verdict of each requirement. */
  readonly verdicts: ReadonlyMap<string, string>
  /** Why scenarios were skipped, each reason once. */
  readonly skips: readonly string[]
}

interface Summary {
  readonly requirements: readonly { readonly id: string; readonly verdict: string }[]
  readonly scenarios: readonly { readonly skip: { readonly enable: string } | null }[]
}

let runs = 0

/** Writes a target file, `target.yaml`, and verifies the server that it describes. */
export async function verifyDeployment(
  place: Workplace,
  target: object,
  ...options: readonly string[]
): Promise<DeploymentRun> {
  writeFileSync(place.file('target.yaml'), blockStyle(target))
  runs += 1
  const reports = `run-${runs}`
  const args = ['verify', '--target', 'target.yaml', '--reports', reports, ...options]
  const ended = await touchstone(args, { cwd: place.path })
  const { requirements, scenarios } = place.json(`${reports}/summary.json`) as Summary
  return {
    ...ended,
    verdicts: new Map(requirements.map(({ id, verdict }) => [id, verdict])),
    skips: [...new Set(scenarios.flatMap(({ skip }) => skip?.enable ?? []))],
  }
}

/** A key to each line at the top and under `capabilities`, so that lines can be told apart; JSON below. */
function blockStyle(target: object): string {
  return Object.entries(target)
    .flatMap(([key, value]: [string, unknown]) =>
      key === 'capabilities'
        ? [`${key}:`, ...Object.entries(value as object).map((entry) => `  ${line(entry)}`)]
        : [line([key, value])],
    )
    .join('\n')
}

function line([key, value]: readonly [string, unknown]): string {
  return `${key}: ${JSON.stringify(value)}`
}
