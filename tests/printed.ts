import { PassThrough } from 'node:stream'
import { expect } from 'vitest'
import type { Environment } from '../src/cli/environment.ts'

/** What a command prints to a terminal of 80 columns. It has to end with 0. */
export async function printedBy(
  command: (output: Pick<Environment, 'stdout' | 'columns'>) => Promise<number>,
): Promise<string> {
  const stdout = new PassThrough({ encoding: 'utf8' })
  expect(await command({ stdout, columns: 80 })).toBe(0)
  return String(stdout.read())
}
