import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { yaml } from '#protocol/yaml.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { KeptRun } from '#run/keep-run.ts'
import { pasteEntries } from '#verdict/paste.ts'
import { errorCode } from '#evidence/system-error.ts'

/** Where the entries for new failures go. */
export interface BaselineOutput {
  /** As the user named it. */
  readonly shown: string
  readonly path: string
  /** Whether it is the baseline of the run: then entries are added to it. */
  readonly isBaseline: boolean
}

/** What names the file; both relative to the working directory. */
interface NamedFiles {
  readonly writeBaseline?: string | undefined
  readonly baseline?: string | undefined
}

/**
 * The file that `--write-baseline` names; null without it. Throws a UsageError where it is there already and is not the
 * one of `--baseline`: what was written by hand is not overwritten.
 */
export function baselineOutput({ writeBaseline, baseline }: NamedFiles, cwd: string): BaselineOutput | null {
  if (writeBaseline === undefined) return null
  const path = resolve(cwd, writeBaseline)
  const isBaseline = baseline !== undefined && resolve(cwd, baseline) === path
  if (!isBaseline && existsSync(path))
    throw new UsageError(
      `--write-baseline: ${writeBaseline} is there already; expected a new file, or that of --baseline, to which entries are added`,
    )
  return { shown: writeBaseline, path, isBaseline }
}

/** What came of writing entries, in a line. */
export interface WrittenEntries {
  readonly isWritten: boolean
  readonly line: string
}

/** Writes an entry for each new failure, whose reason is yet to be written: to a new file, or to the end of the baseline. */
export function writeEntries(
  { shown, path, isBaseline }: BaselineOutput,
  { run, verdicts }: KeptRun,
): WrittenEntries {
  if (run.preflight !== null)
    return { isWritten: false, line: `Nothing was executed: no entry was written to ${shown}.` }
  const entries = pasteEntries(verdicts.scenarios, run.dialect)
  try {
    const text = isBaseline ? joined(readFileSync(path, 'utf8'), entries) : entries
    if (yaml().parseDocument(text).errors.length > 0)
      return {
        isWritten: false,
        line: `${shown}: no entry can be added to a list of that form; the entries stand in the report`,
      }
    if (isBaseline) writeFileSync(path, text)
    else writeFileSync(path, entries === '' ? '[]\n' : entries, { flag: 'wx' })
  } catch (error) {
    const why = errorCode(error)
    return { isWritten: false, line: `could not write ${shown} (${why}); the entries stand in the report` }
  }
  const line =
    entries === ''
      ? `Nothing new failed: no entry was written to ${shown}.`
      : `Entries for what is new were written to ${shown}: write a reason into each.`
  return { isWritten: true, line }
}

/** The entries below those that are there; an empty list gives way to them. */
function joined(before: string, entries: string): string {
  if (entries === '') return before
  const kept = before.replace(/^\s*\[\s*\]\s*$/m, '').trimEnd()
  return kept === '' ? entries : `${kept}\n\n${entries}`
}
