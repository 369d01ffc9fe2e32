import { printable } from '#evidence/printable.ts'
import type { Assertion } from '#evidence/step-evidence.ts'

/** What an assertion found, in one printable line. A baseline entry's `expect` is looked for in it. */
export function describe({ thing, expected, got }: Assertion): string {
  return printable(`${thing}: ${mismatch({ expected, got })}`)
}

/** The part of the line that does not depend on names made for one run. */
export function mismatch({ expected, got }: Pick<Assertion, 'expected' | 'got'>): string {
  return printable(`expected ${expected}, got ${got}`)
}

/** `count` things, in words: `1 scenario`, `2 scenarios`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
