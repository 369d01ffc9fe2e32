import type { Exchange } from '#evidence/exchange.ts'
import { printable } from '#evidence/printable.ts'
import { messageText } from '../exchange-text.ts'
import { lineDifferences, type ComparedLine } from './line-differences.ts'

/** An exchange as a run recorded it, and as it went when it was made again. */
export interface Repeated {
  readonly recorded: Exchange
  readonly now: Exchange
}

const MARKS: Readonly<Record<ComparedLine['of'], string>> = { both: '  ', first: '- ', second: '+ ' }

/** Request and answer, line by line: `-` what the record has alone, `+` what was sent or came now alone. Printable. */
export function replayText({ recorded, now }: Repeated): string {
  const request = compared(messageText(recorded.request), messageText(now.request))
  const answer = compared(answerText(recorded), answerText(now))
  return `Request (- as recorded, + as sent now):\n${request}\n\nAnswer (- as recorded, + as it came now):\n${answer}\n`
}

/** What came of a repetition in one line: `✓ the same status: 200; also differs: Date, body`. */
export function replayLine({ recorded, now }: Repeated): string {
  const [before, after] = [outcome(recorded), outcome(now)]
  const parts = differingParts(recorded, now)
  const rest = parts.length === 0 ? 'nothing differs' : `what differs: ${parts.join(', ')}`
  return before === after
    ? printable(`✓ as recorded: ${after}; ${rest}`)
    : printable(`✗ not as recorded: expected ${before}, got ${after}`)
}

/** Whether it ended as recorded: with the same status, or with the same kind of failure. */
export function isAsRecorded({ recorded, now }: Repeated): boolean {
  return outcome(recorded) === outcome(now)
}

function outcome({ response, failure }: Exchange): string {
  return failure?.kind ?? String(response?.status ?? 'no answer')
}

/** The names of headers whose values differ, and the body. */
function differingParts({ response: before }: Exchange, { response: after }: Exchange): readonly string[] {
  if (before === null || after === null) return []
  const names = [...before.headers, ...after.headers].map(([name]) => name.toLowerCase())
  const valuesOf = (headers: typeof before.headers, name: string): string =>
    headers
      .filter(([each]) => each.toLowerCase() === name)
      .map(([, value]) => value)
      .join('\n')
  const headers = [...new Set(names)].filter(
    (name) => valuesOf(before.headers, name) !== valuesOf(after.headers, name),
  )
  return JSON.stringify(before.body) === JSON.stringify(after.body) ? headers : [...headers, 'body']
}

function answerText({ response, failure }: Exchange): string {
  const parts = [
    ...(response === null ? [] : [messageText(response)]),
    ...(failure === null ? [] : [printable(`(${failure.kind}: ${failure.detail})`)]),
  ]
  return parts.join('\n')
}

function compared(before: string, after: string): string {
  return lineDifferences(before.split('\n'), after.split('\n'))
    .map(({ of, line }) => `${MARKS[of]}${line}`.trimEnd())
    .join('\n')
}
