import type { JSX } from 'preact'

/** A text of a register, in which what stands between backticks is code, as in the specifications. */
export function Prose({ text }: { readonly text: string }): JSX.Element {
  return (
    <>{text.split('`').map((piece, index) => (index % 2 === 0 ? piece : <code key={index}>{piece}</code>))}</>
  )
}
