import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '#evidence/system-error.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { EARLIER } from '#report/run-files.ts'

/** What a run found of each requirement, by id, in the words of `summary.json`. */
export type RunVerdicts = ReadonlyMap<string, string>

/** What a run found, and whether it is a run before the last command, which was refused. */
export interface LatestVerdicts {
  readonly verdicts: RunVerdicts
  readonly isEarlier: boolean
}

/**
 * The verdicts in `summary.json` of the folder `reports`, or of the run before the last command, or null where there is
 * no such file. Throws a UsageError where the file is no summary.
 */
export async function readRunVerdicts(reports: string): Promise<LatestVerdicts | null> {
  for (const mark of ['', EARLIER]) {
    const verdicts = await verdictsIn(join(reports, `summary.json${mark}`))
    if (verdicts !== null) return { verdicts, isEarlier: mark !== '' }
  }
  return null
}

async function verdictsIn(file: string): Promise<RunVerdicts | null> {
  try {
    return runVerdicts(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${file}: expected the summary of a run, got ${why}; touchstone report makes one`)
  }
}

/** The verdicts in what `summary.json` says. Throws where it is no summary. */
function runVerdicts(summary: unknown): RunVerdicts {
  const requirements = member(summary, 'requirements')
  if (!Array.isArray(requirements)) throw new TypeError('no list of requirements')
  return new Map(requirements.map((one: unknown) => [text(one, 'id'), text(one, 'verdict')]))
}

function text(value: unknown, key: string): string {
  const found = member(value, key)
  if (typeof found !== 'string') throw new TypeError(`a requirement without ${key}`)
  return found
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
