import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import type { PlannedScenario } from './features.ts'

/**
 * The SHA-256 digest, in hexadecimal, of what is in the feature files of `scenarios`; where the files are makes no
 * difference, so that two machines come to the same.
 */
export function featuresDigest(
  scenarios: readonly Pick<PlannedScenario, 'uri'>[],
  root: string = PACKAGE_ROOT,
): string {
  const files = [...new Set(scenarios.map(({ uri }) => uri))]
  const digests = files.map((uri) => digestOf(readFileSync(join(root, uri))))
  return digestOf(digests.sort().join('\n'))
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
