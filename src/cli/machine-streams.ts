import type { RunFormat } from '#report/machine/run-formats.ts'
import type { Environment } from './environment.ts'

/** Writes what programs read. */
export function machineWriter({
  machine,
  stdout,
}: Pick<Environment, 'machine' | 'stdout'>): (text: string) => void {
  const output = machine ?? stdout
  return (text) => {
    if (text !== '') output.write(text)
  }
}

/** The environment in which people are shown a run: on stderr, line by line, where standard output is for programs. */
export function forPeople<Given extends Pick<Environment, 'stdout' | 'stderr' | 'interactive'>>(
  format: RunFormat,
  environment: Given,
): Given {
  return format === 'text' ? environment : { ...environment, stdout: environment.stderr, interactive: false }
}
