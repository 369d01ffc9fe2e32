import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { Part, TakenApart } from '#evidence/taken-apart.ts'

/** What is inside of something, part by part, with a sign at each that can be right or wrong. */
export function TakenApartView({ one: { what, parts } }: { readonly one: TakenApart }): JSX.Element {
  return (
    <details class="apart" open={parts.some(({ holds }) => holds === false)}>
      <summary>{printable(`${what}, part by part`)}</summary>
      <dl>
        {parts.map((part) => (
          <>
            <dt>{printable(part.name)}</dt>
            <dd class={toneOf(part)}>
              {signOf(part)}
              {printable(part.text)}
            </dd>
          </>
        ))}
      </dl>
    </details>
  )
}

function toneOf({ holds }: Part): string | undefined {
  return holds === false ? 'bad' : undefined
}

function signOf({ holds }: Part): string {
  if (holds === null) return ''
  return holds ? '✓ ' : '✗ not as it should be: '
}
