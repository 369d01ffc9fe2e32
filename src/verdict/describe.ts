import { printable } from '#evidence/printable.ts'
import type { Assertion, ComparedWords } from '#evidence/step-evidence.ts'

/** What an assertion found, in one printable line. */
export function describe({ thing, expected, got }: ComparedWords): string {
  return printable(`${thing}: expected ${expected}, got ${got}`)
}

/** The same in words that the next run has as well: a baseline entry's `expect` is looked for in it. */
export function describeLasting(assertion: Assertion): string {
  return describe(assertion.lasting ?? assertion)
}

/** The part of that line that says what was expected and got. */
export function lastingMismatch({ lasting, ...shown }: Assertion): string {
  const { expected, got } = lasting ?? shown
  return printable(`expected ${expected}, got ${got}`)
}

/** `count` things, in words: `1 scenario`, `2 scenarios`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
