import type { Ask, Values } from '../ask.ts'
import { type MStoreState, mailboxOf } from './state.ts'

/** How the name begins of an object that was in a mailbox before the walk. */
export const BEFOREHAND = 'the object at '

/** A name for something that an ask makes, which nothing else in the walk has: `greeting 3 of Alice`. */
export function newName(state: MStoreState, what: string, party: string): string {
  return `${what} ${state.named + 1} of ${party}`
}

/** The state once something has that name, whatever came of it. */
export function named(state: MStoreState, name: string): MStoreState {
  const number = Number(/ (\d+) of /.exec(name)?.[1] ?? 0)
  return number > state.named ? { ...state, named: number } : state
}

/** Whether a name is not given away yet. */
export function isFree(state: MStoreState, party: string, name: string): boolean {
  const { objects, gone, cursors, challenges } = mailboxOf(state, party)
  return !objects.has(name) && !gone.has(name) && !cursors.has(name) && !challenges.includes(name)
}

/** The items of a value that lists several. */
export function itemsOf(values: Values, name: string): readonly string[] {
  const text = values[name] ?? ''
  return text === '' ? [] : text.split(', ')
}

/** The value of an ask, or what it stands for when it is left out. */
export function valueOf({ values }: Ask, name: string, otherwise: string): string {
  return values[name] ?? otherwise
}
