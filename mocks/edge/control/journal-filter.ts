import type { JournalEntry } from '../journal-entry.ts'
import { numbersIn } from '../named-numbers.ts'
import { requestOf } from './decoded-entry.ts'
import type { ControlQuery } from './control-route.ts'

/** Whether an entry of the journal is one of those that a query asks for, by number, operation and status. */
export function journalFilter({ number, operation, status }: ControlQuery): (entry: JournalEntry) => boolean {
  return (entry) =>
    (operation === undefined || entry.operation === operation) &&
    (status === undefined || isStatus(entry.status, status)) &&
    (number === undefined || numbersNamed(entry).includes(number))
}

/** `401` is that status, `4xx` each of its class, `none` that of a request without an answer. */
function isStatus(status: number | null, wanted: string): boolean {
  if (wanted === 'none') return status === null
  return status !== null && (String(status) === wanted || `${Math.floor(status / 100)}xx` === wanted)
}

/** The numbers that a request names in its target and in its credentials, as they are: `+14155550100`. */
function numbersNamed({ target, raw }: Pick<JournalEntry, 'target' | 'raw'>): readonly string[] {
  const authorization =
    requestOf(raw).headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? ''
  return numbersIn(target ?? '', authorization)
}
