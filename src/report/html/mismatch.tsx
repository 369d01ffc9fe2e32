import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { Assertion } from '#evidence/step-evidence.ts'
import { differenceOf } from '../difference.ts'

/** What was expected and what was got, one below the other, with the words marked in which they differ. */
export function Mismatch({ assertion }: { readonly assertion: Assertion }): JSX.Element {
  const { thing, expected, got } = assertion
  const parts = differenceOf(printable(expected), printable(got))
  const marked = (differing: string): JSX.Element => (
    <>
      {parts.before}
      {differing !== '' && <mark>{differing}</mark>}
      {parts.after}
    </>
  )
  return (
    <dl class="mismatch">
      <dt>Checked</dt>
      <dd>{printable(thing)}</dd>
      <dt>Expected</dt>
      <dd class="good">{marked(parts.expected)}</dd>
      <dt>Got</dt>
      <dd class="bad">{marked(parts.got)}</dd>
    </dl>
  )
}
