import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { accountOf } from './changes.ts'
import type { AskMistake } from './refusals.ts'
import { standingOf } from './standing.ts'
import type { Account, RelayState } from './state.ts'

/** Ways to miss a number: none of these numbers is registered. */
const MISSES = ['a digit more', 'another digit', 'another first digit', 'an unused number'] as const

const MISSED_IN_A_HUNDRED = 8
/** Of a hundred asks so many are about a party that is not registered yet, where there is one. */
const TO_A_NEWCOMER = 15
/** Names of a node that there is not: far from that of the other node, and near it. */
const UNKNOWN_RELAYS: readonly string[] = ['unknown', 'a letter more', 'a letter less']
/** Of a hundred asks about a number so many may be about that of the caller itself. */
const TO_ONESELF = 20

/** What the number of an ask violates where it is taken though it must not be. */
export interface NumberRows {
  readonly unknown: string
  readonly unregistered: string
  /** The status that is listed for both; null where none is. */
  readonly status: number | null
  readonly unknownRelay: string
  /** Of a number of this node that is taken for one of the node named. */
  readonly elsewhere: string
}

/** The party that an ask is about, by the value `name`. */
export function subjectOf(state: RelayState, { party, values }: Ask, name: string): Account {
  return accountOf(state, values[name] ?? party)
}

/** Draws the account that an ask is about, how its number is missed, and which node is named. */
export function drawSubject(
  state: RelayState,
  { party, name }: { readonly party: string; readonly name: string },
  draw: Draw,
): Values {
  const accounts = Object.values(state.accounts)
  const registered = accounts.filter(({ devices }) => devices.length > 0)
  const others = registered.filter((account) => account.name !== party)
  const known = others.length > 0 && !draw.chance(TO_ONESELF) ? others : registered
  const newcomers = accounts.filter(({ devices }) => devices.length === 0)
  const subject =
    newcomers.length > 0 && draw.slip(TO_A_NEWCOMER)
      ? draw.oneOf(newcomers)
      : drawAccount(known.length > 0 && draw.chance(90) ? known : accounts, draw)
  const isElsewhere = subject.node !== accountOf(state, party).node
  return {
    [name]: subject.name,
    ...(draw.slip(MISSED_IN_A_HUNDRED) ? { number: draw.oneOf(MISSES) } : {}),
    ...drawRelay(state, isElsewhere, draw),
  }
}

/** Now and then the one with the most devices, of which there is the most to mix up. */
function drawAccount(accounts: readonly Account[], draw: Draw): Account {
  const most = Math.max(...accounts.map(({ devices }) => devices.length))
  return draw.oneOf(draw.chance(45) ? accounts.filter(({ devices }) => devices.length === most) : accounts)
}

function drawRelay({ known }: RelayState, isElsewhere: boolean, draw: Draw): Values {
  if (isElsewhere) return draw.slip(10) ? {} : { relay: 'peer' }
  if (known.can.peer && draw.slip(4)) return { relay: draw.oneOf(UNKNOWN_RELAYS) }
  if (draw.slip(3)) return { relay: 'unknown' }
  if (draw.slip(3)) return { relay: 'empty' }
  return known.can.peer && draw.slip(5) ? { relay: 'peer' } : {}
}

/** Why an ask about that number must be refused. */
export function numberMistakes(
  state: RelayState,
  ask: Ask,
  { account, rows }: { readonly account: Account; readonly rows: NumberRows },
): readonly AskMistake[] {
  const { number, relay } = ask.values
  const statuses = rows.status === null ? null : [rows.status]
  const missed = { statuses, mayCrash: false }
  if (isUnknown(relay))
    return [
      { what: `a relay: ${relay ?? ''}`, requirement: rows.unknownRelay, statuses: null, mayCrash: false },
    ]
  if (number !== undefined) return [{ what: `number: ${number}`, requirement: rows.unknown, ...missed }]
  const isElsewhere = account.node !== accountOf(state, ask.party).node
  if (!isElsewhere && relay === 'peer')
    return [
      { what: 'a node that has not the number', requirement: rows.elsewhere, ...missed, statuses: null },
    ]
  const standing = standingOf(account)
  if (standing === 'unknown') return [{ what: 'an unknown number', requirement: rows.unknown, ...missed }]
  if (standing === 'unregistered')
    return [{ what: 'a number that has unregistered', requirement: rows.unregistered, ...missed }]
  return []
}

function isUnknown(relay: string | undefined): boolean {
  return relay !== undefined && UNKNOWN_RELAYS.includes(relay)
}

/** Whether an ask names a number, or a node, under which no account can be registered. */
export function isMissed(state: RelayState, { party, values }: Ask, account: Account): boolean {
  const { number, relay } = values
  const isElsewhere = account.node !== accountOf(state, party).node
  const standing = standingOf(account)
  return (
    number !== undefined ||
    isUnknown(relay) ||
    (relay === 'peer' && !isElsewhere) ||
    standing === 'unknown' ||
    standing === 'unregistered'
  )
}

/** Whether an ask about that number may be refused: it may not count as registered, or the node may not know it. */
export function mayMiss(state: RelayState, ask: Ask, account: Account): boolean {
  const isElsewhere = account.node !== accountOf(state, ask.party).node
  return (
    standingOf(account) === 'maybe' ||
    ask.values['relay'] === 'empty' ||
    (isElsewhere && (ask.values['relay'] !== 'peer' || !state.known.can.synchronise))
  )
}
