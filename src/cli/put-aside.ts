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
  const shown = reportsOf(args)
  if (shown === null) return
  const { cwd, writer, now, stderr } = environment
  if (putAside({ path: resolve(cwd, shown), shown }, writer, now()))
    stderr.write(
      `touchstone: the reports in ${shown} are of an earlier run; each is marked now, by .earlier\n`,
    )
}

function reportsOf([command = '', ...rest]: readonly string[]): string | null {
  const named = rest.flatMap((arg, index) => valueOf(arg, rest[index + 1])).at(-1)
  const folder = named ?? WRITERS[command] ?? null
  const isRead = command === 'report' && rest.filter((arg) => arg === folder).length > 1
  return command in WRITERS && !isRead ? folder : null
}

function valueOf(arg: string, next: string | undefined): readonly string[] {
  const option = OPTIONS.find((name) => arg === name || arg.startsWith(`${name}=`))
  if (option === undefined) return []
  return arg === option ? (next === undefined ? [] : [next]) : [arg.slice(option.length + 1)]
}
