import { resolve } from 'node:path'
import { putAside } from '#run/earlier-reports.ts'
import type { RunEnvironment } from './run-environment.ts'

/** The commands that write reports, with the folder where none is named; null where they write none then. */
const WRITERS: Readonly<Record<string, string | null>> = {
  verify: 'reports',
  explore: 'reports',
  report: null,
}

const OPTIONS = ['--reports', '--out']

/**
 * Marks the reports of an earlier run as such where the command of `args` was refused that would have replaced them,
 * and says so on `stderr`. What `args` are read for a second time need not be right otherwise.
 */
export function putReportsAside(args: readonly string[], environment: RunEnvironment): void {
  const { cwd, writer, now, stderr } = environment
  const shown = reportsOf(args, cwd)
  if (shown === null) return
  if (putAside({ path: resolve(cwd, shown), shown }, writer, now()))
    stderr.write(
      `touchstone: the reports in ${shown} are of an earlier run; each is marked now, by .earlier\n`,
    )
}

function reportsOf([command = '', ...rest]: readonly string[], cwd: string): string | null {
  if (!Object.hasOwn(WRITERS, command)) return null
  const named = rest.flatMap((arg, index) => valueOf(arg, rest[index + 1])).at(-1)
  const folder = named ?? WRITERS[command] ?? null
  return folder !== null && command === 'report' && reads(rest, resolve(cwd, folder), cwd) ? null : folder
}

/** Whether one of the folders that `report` reads is that one. */
function reads(args: readonly string[], folder: string, cwd: string): boolean {
  const folders = args.filter(
    (arg, index) => !arg.startsWith('-') && !OPTIONS.includes(args[index - 1] ?? ''),
  )
  return folders.some((each) => resolve(cwd, each) === folder)
}

function valueOf(arg: string, next: string | undefined): readonly string[] {
  const option = OPTIONS.find((name) => arg === name || arg.startsWith(`${name}=`))
  if (option === undefined) return []
  return arg === option ? (next === undefined ? [] : [next]) : [arg.slice(option.length + 1)]
}
