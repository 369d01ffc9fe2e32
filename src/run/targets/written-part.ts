import { join } from 'node:path'
import type { TargetPart } from '#driver/merge-target.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { parseTargetFile } from './target-file.ts'

/** What a target file that says just this says of a server. Throws a UsageError where it is wrong. */
export function writtenPart(written: object, name: string): TargetPart {
  const text = JSON.stringify(written)
  return parseTargetFile(text, {
    shown: `target of ${name}`,
    path: join(PACKAGE_ROOT, 'target.yaml'),
    env: {},
  })
}
