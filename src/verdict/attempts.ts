import type { ScenarioAttempt } from './attempt.ts'
import { judgeAttempt, type Circumstances, type Judgement } from './judge-attempt.ts'

/** One attempt and what is said of it. */
export interface JudgedAttempt {
  readonly attempt: ScenarioAttempt
  readonly judgement: Judgement
}

/** What all attempts at a scenario come to. */
export interface JudgedAttempts {
  /** The attempt that decides. */
  readonly deciding: JudgedAttempt
  /** What an earlier attempt came to that did not pass, though the last one did; null where there was none. */
  readonly earlier: string | null
}

/** Outcomes of which the first that any attempt has decides, unless flaky scenarios are allowed. */
const WORST_FIRST: readonly Judgement['outcome'][] = ['failed', 'harness-error', 'inconclusive']

/**
 * Judges every attempt at a scenario, of which there is at least one. The worst decides: that a server did right when
 * asked again says nothing of what it did before. Where `allowFlaky` is set the last one decides.
 */
export function judgeAttempts(
  [first, ...retries]: readonly [ScenarioAttempt, ...(readonly ScenarioAttempt[])],
  circumstances: Circumstances,
  allowFlaky: boolean,
): JudgedAttempts {
  const attempts = [first, ...retries]
  const judged = attempts.map((attempt, index) => {
    const willBeRetried = attempt.willBeRetried && index === retries.length
    return { attempt, judgement: judgeAttempt({ ...attempt, willBeRetried }, circumstances) }
  })
  const last = judged.at(-1) ?? { attempt: first, judgement: judgeAttempt(first, circumstances) }
  const worst = WORST_FIRST.flatMap((outcome) =>
    judged.filter(({ judgement }) => judgement.outcome === outcome),
  ).at(0)
  const isFlaky = worst !== undefined && !WORST_FIRST.includes(last.judgement.outcome)
  const earlier = isFlaky ? worst.judgement.message : null
  if (allowFlaky || worst === undefined) return { deciding: last, earlier }
  const { judgement } = worst
  const message = isFlaky
    ? `flaky, passed at attempt ${attempts.length} of ${attempts.length}; before: ${judgement.message ?? ''}`
    : judgement.message
  return { deciding: { ...worst, judgement: { ...judgement, message } }, earlier }
}
