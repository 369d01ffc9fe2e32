import type { ComponentChildren, JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { OUTCOMES } from '#verdict/outcome.ts'
import { REQUIREMENT_VERDICTS } from '#verdict/requirement-verdict.ts'
import {
  capital,
  meaning,
  OUTCOME_MARKS,
  REQUIREMENT_MARKS,
  subject,
  VERDICT_MARKS,
  verdictScope,
  type Mark,
} from '../wording.ts'
import { failuresOf } from '../failures.ts'
import { notVerifiedCounts } from '../not-verified.ts'
import { nextStep } from '../next-step.ts'
import { CauseList } from './cause-list.tsx'
import { MarkText } from './parts.tsx'

/** The head of the report: the verdict in words, why, and the numbers. */
export function VerdictSection({
  verdicts,
  run,
}: {
  readonly verdicts: Verdicts
  readonly run: RunRecord
}): JSX.Element {
  const { sign, word, tone } = VERDICT_MARKS[verdicts.verdict]
  return (
    <>
      <div class={`verdict ${tone}`}>
        <h1>
          <span class={tone}>
            <span aria-hidden="true">{sign} </span>
            {capital(word)}
          </span>
          {verdictScope(verdicts, run)}: {printable(subject(run))}
        </h1>
        <p>{meaning(verdicts)}</p>
        <p>
          <b>What to do:</b> {nextStep(verdicts)}
        </p>
        {verdicts.reasons.length > 0 && (
          <ul>
            {verdicts.reasons.map((reason) => (
              <li key={reason}>{printable(reason)}</li>
            ))}
          </ul>
        )}
        <CauseList
          failures={failuresOf(verdicts, 'failed')}
          violated={verdicts.totals.requirements.violated}
        />
      </div>
      <Counts verdicts={verdicts} />
    </>
  )
}

function Counts({ verdicts: { totals } }: { readonly verdicts: Verdicts }): JSX.Element {
  const { flaky } = totals.scenarios
  return (
    <>
      <Tally name="Requirements">
        {REQUIREMENT_VERDICTS.map((verdict) => (
          <Count key={verdict} count={totals.requirements[verdict]} mark={REQUIREMENT_MARKS[verdict]} />
        ))}
      </Tally>
      {totals.requirements['not-verified'] > 0 && (
        <p class="quiet">Not verified: {notVerifiedCounts(totals).join(', ')}</p>
      )}
      <Tally name="Scenarios">
        {OUTCOMES.map((outcome) => (
          <Count key={outcome} count={totals.scenarios[outcome]} mark={OUTCOME_MARKS[outcome]} />
        ))}
        <Count count={flaky} mark={{ sign: '!', word: 'of them flaky', tone: 'known' }} />
      </Tally>
    </>
  )
}

function Tally({
  name,
  children,
}: {
  readonly name: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div class="tally">
      <p id={`tally-${name}`}>{name}</p>
      <ul class="counts" aria-labelledby={`tally-${name}`}>
        {children}
      </ul>
    </div>
  )
}

function Count({ count, mark }: { readonly count: number; readonly mark: Mark }): JSX.Element | null {
  if (count === 0) return null
  return (
    <li>
      <b>{count}</b> <MarkText mark={mark} />
    </li>
  )
}
