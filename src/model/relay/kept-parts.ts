import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { inOrder } from './changes.ts'
import { numberGiven } from './given-names.ts'
import type { Account } from './state.ts'

/** What a client may keep when it registers again, beside its password, which is always new. */
const PARTS = ['registration id', 'signaling key'] as const

type InstallPart = (typeof PARTS)[number]

const KEPT_IN_A_HUNDRED = 50

/** What a confirmation keeps and of which registration: `signaling key of 2`; null where all is new. */
export function keptOf({ values: { keeps } }: Ask): { readonly part: string; readonly from: string } | null {
  const [, part, from] = /^(.+) of (\d+)$/.exec(keeps ?? '') ?? []
  return part === undefined || from === undefined ? null : { part, from }
}

/** Draws what a client keeps of its latest registration; mostly nothing. */
export function drawKept({ devices }: Account, draw: Draw): Values {
  const latest = /^registration (\d+)$/.exec(devices[0]?.install ?? '')?.[1]
  if (latest === undefined || !draw.chance(KEPT_IN_A_HUNDRED)) return {}
  return { keeps: `${draw.oneOf(PARTS)} of ${latest}` }
}

/** The account once a confirmation has drawn its registration, which may have a part of an earlier one. */
export function withKept(account: Account, ask: Ask): Account {
  const kept = keptOf(ask)
  const part = PARTS.find((each) => each === kept?.part)
  if (kept === null || part === undefined) return account
  const name = `${part} of registration ${numberGiven(ask)}`
  const origin = originOf(account, part, `registration ${kept.from}`)
  return { ...account, kept: inOrder({ ...account.kept, [name]: origin }) }
}

/** The install that a part of an install was drawn for: itself, or one before it that had the same. */
export function originOf({ kept }: Account, part: InstallPart, install: string): string {
  return kept[`${part} of ${install}`] ?? install
}
