import type { Finding } from '#evidence/step-evidence.ts'
import { printable } from '#evidence/printable.ts'
import type { Requirement } from '#protocol/register.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { exchangesOf, type ScenarioResult } from '#verdict/outcome.ts'
import { questionOf } from './question-of.ts'

/** What a server does where its specification leaves a choice; alike findings are one. */
export interface Observation {
  /** The first that it was observed for. */
  readonly requirement: Requirement
  /** What stands before the first subject: `whether`, or nothing. */
  readonly asks: string
  /** What was sent, in the words of the scenarios; none where `answer` says all. */
  readonly subjects: readonly string[]
  /** What the server did: `taken, 204`, or a whole sentence. */
  readonly answer: string
  /** In how many scenarios. */
  readonly count: number
  /** Milliseconds until answers that are an error of the server's own. */
  readonly durations: readonly number[]
  /** Not where the server merely refuses what it may refuse. */
  readonly isRemarkable: boolean
}

/** All observations of a run, in the order of the register. */
export function observationsOf({ requirements, scenarios }: Verdicts): readonly Observation[] {
  const groups = new Map<string, Observation>()
  const telling = scenarios.filter(({ findings }) => findings.length > 0)
  for (const { requirement } of requirements) {
    for (const scenario of telling) {
      const seen = seenIn(scenario, requirement)
      for (const [key, one] of seen) {
        const known = groups.get(key)
        groups.set(key, known === undefined ? one : joined(known, one))
      }
    }
  }
  return [...groups.values()]
}

/** What a report says of observations: those that are remarkable, the mere refusals, and of how many requests these are. */
export function remarkable(observations: readonly Observation[]): {
  readonly shown: readonly Observation[]
  readonly refused: readonly Observation[]
  readonly refusals: number
} {
  const refused = observations.filter(({ isRemarkable }) => !isRemarkable)
  return {
    shown: observations.filter(({ isRemarkable }) => isRemarkable),
    refused,
    refusals: refused.reduce((sum, { count }) => sum + count, 0),
  }
}

/** An observation in one printable line: `A prekey without an id: taken, 204`; of `most` subjects and a count of the rest. */
export function observationText(
  { asks, subjects, answer, count, durations }: Observation,
  most = Infinity,
): string {
  const rest = subjects.length - most
  const list = [...subjects.slice(0, most), ...(rest > 0 ? [`${rest} more`] : [])].join('; ')
  const times = count > 1 ? ` (${count} times)` : ''
  return printable(begun(`${asks}${list === '' ? '' : `${list}: `}${answer}${after(durations)}${times}`))
}

/** What a scenario saw of one requirement, each once, by what makes it alike. */
function seenIn(scenario: ScenarioResult, requirement: Requirement): ReadonlyMap<string, Observation> {
  const own = scenario.findings.filter((finding) => finding.requirement === requirement.id)
  return new Map(
    own.map((finding) => {
      const one = { requirement, count: 1, ...seenOf(scenario, finding) }
      return [one.subjects.length === 0 ? one.answer : `${requirement.id} ${one.answer}`, one]
    }),
  )
}

function joined(known: Observation, { subjects, durations, isRemarkable }: Observation): Observation {
  return {
    ...known,
    subjects: [...new Set([...known.subjects, ...subjects])],
    count: known.count + 1,
    durations: [...known.durations, ...durations],
    isRemarkable: known.isRemarkable || isRemarkable,
  }
}

/** A finding that says no more than which status a request got. */
const BARE_STATUS = /^(?:[A-Z]+ \S+ answered|an upload of \d+ bytes was answered|answered) (\d{3})$/

const CLIENT_ERROR = 400
const SERVER_ERROR = 500

function seenOf(
  scenario: ScenarioResult,
  { text, exchange }: Finding,
): Omit<Observation, 'requirement' | 'count'> {
  const status = Number(BARE_STATUS.exec(text)?.[1] ?? 0)
  if (status === 0) return { asks: '', subjects: [], answer: text, durations: [], isRemarkable: true }
  const { asks, subject, taken, refused } = questionOf(scenario.name)
  const isRefusal = status >= CLIENT_ERROR
  const isError = status >= SERVER_ERROR
  const ruled = isRefusal ? refused : taken
  const word = isError ? 'answered' : ruled
  const shown = isError ? exchangesOf(scenario).filter(({ id }) => id === exchange) : []
  return {
    asks,
    subjects: [subject],
    answer: `${word} ${status}`,
    durations: shown.map(({ durationMs }) => durationMs),
    isRemarkable: refused === taken || !isRefusal || isError,
  }
}

/** With a capital, unless it begins with a name such as `registrationId`. */
function begun(text: string): string {
  return /^[a-z]+(?![A-Za-z])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}

function after(durations: readonly number[]): string {
  if (durations.length === 0) return ''
  const least = Math.round(Math.min(...durations))
  const most = Math.round(Math.max(...durations))
  return least === most ? ` after ${least} ms` : ` after ${least} to ${most} ms`
}
