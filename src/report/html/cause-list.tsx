import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import { counted } from '#verdict/describe.ts'
import type { ReportedFailure } from '../failures.ts'
import { failureAnchor } from './anchor.ts'
import { Prose } from './prose.tsx'

/** As many requirements are named at the head; the section of failures has all. */
const NAMED = 6

/** What is wrong: a line for each requirement that leads to its first failure, MUSTs before others, what stopped most scenarios first. */
export function CauseList({
  failures,
  violated,
}: {
  readonly failures: readonly ReportedFailure[]
  /** How many requirements are violated, those included that share an answer with another. */
  readonly violated: number
}): JSX.Element | null {
  const causes = causesOf(failures).slice(0, NAMED)
  const rest = violated - causes.length
  if (causes.length === 0) return null
  return (
    <>
      <ol class="causes">
        {causes.map((cause) => (
          <CauseView {...cause} key={cause.index} />
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

/** A violated requirement by the first failure for it. */
interface Cause {
  readonly failure: ReportedFailure
  /** The place of that failure among all, from 0. */
  readonly index: number
  /** How many scenarios stopped at its failures, also those of others that one answer failed. */
  readonly scenarios: number
}

function causesOf(failures: readonly ReportedFailure[]): readonly Cause[] {
  const causes = new Map<string, Cause>()
  failures.forEach((failure, index) => {
    const { id } = failure.requirement
    const first = causes.get(id) ?? { failure, index, scenarios: 0 }
    causes.set(id, { ...first, scenarios: first.scenarios + 1 + failure.others.length })
  })
  const isMust = ({ failure }: Cause): boolean => failure.requirement.level === 'MUST'
  return [...causes.values()].sort(
    (one, other) => Number(isMust(other)) - Number(isMust(one)) || other.scenarios - one.scenarios,
  )
}

function CauseView({ failure: { requirement, assertion }, index, scenarios }: Cause): JSX.Element {
  const { thing, expected, got } = assertion
  return (
    <li>
      <a href={`#${failureAnchor(index)}`}>
        <Prose text={requirement.sentence} />
      </a>{' '}
      ({requirement.level}, {counted(scenarios, 'scenario')})
      <br />
      {printable(`${thing}: expected ${expected}, got ${got}`)}
    </li>
  )
}
