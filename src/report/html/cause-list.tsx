import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import { counted } from '#verdict/describe.ts'
import type { ReportedFailure } from '../failures.ts'
import { failureAnchor } from './anchor.ts'

/** As many requirements are named at the head; the section of failures has all. */
const NAMED = 6

/** What is wrong: a line for each requirement that leads to its first failure. */
export function CauseList({
  failures,
}: {
  readonly failures: readonly ReportedFailure[]
}): JSX.Element | null {
  const firsts = failures.flatMap((failure, index) =>
    failures.findIndex(({ requirement }) => requirement === failure.requirement) === index
      ? [{ failure, index }]
      : [],
  )
  const rest = firsts.length - NAMED
  if (firsts.length === 0) return null
  return (
    <>
      <ol class="causes">
        {firsts.slice(0, NAMED).map(({ failure, index }) => (
          <Cause
            failure={failure}
            index={index}
            scenarios={failures
              .filter(({ requirement }) => requirement === failure.requirement)
              .reduce((sum, { others }) => sum + 1 + others.length, 0)}
            key={index}
          />
        ))}
      </ol>
      {rest > 0 && (
        <p>
          <a href="#failures">and {counted(rest, 'more requirement')}</a>
        </p>
      )}
    </>
  )
}

function Cause({
  failure: { requirement, assertion },
  index,
  scenarios,
}: {
  readonly failure: ReportedFailure
  readonly index: number
  readonly scenarios: number
}): JSX.Element {
  const { thing, expected, got } = assertion
  return (
    <li>
      <a href={`#${failureAnchor(index)}`}>{requirement.sentence}</a> ({requirement.level},{' '}
      {counted(scenarios, 'scenario')})
      <br />
      {printable(`${thing}: expected ${expected}, got ${got}`)}
    </li>
  )
}
