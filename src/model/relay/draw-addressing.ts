import type { Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { NO_DEVICES } from './addressed.ts'
import { FIRST } from './credentials.ts'
import type { Account, Device } from './state.ts'

/** Registration ids that are nearly right; any other one where the ask does not say. */
const STALENESS = ["another device's", 'a digit more', 'a digit less']

/** Draws which devices of a recipient a set addresses, and with which registration ids; mostly the right ones. */
export function drawAddressing(to: Account, draw: Draw): Values {
  const reached = to.devices.filter(isReached).map(({ name }) => name)
  const right = reached.length === 0 ? [FIRST] : reached
  const names = draw.slip(30) ? otherNames(to, right, draw) : right
  return { ...listOf(names), ...drawStale(names, draw), ...drawSession(to, draw) }
}

function isReached({ isSure, counts }: Device): boolean {
  return isSure && counts === 'yes'
}

/** A set that leaves a device out, names one too many or one twice, or has no message. */
function otherNames({ devices }: Account, right: readonly string[], draw: Draw): readonly string[] {
  const all = devices.map(({ name }) => name)
  const without = right.filter((_, index) => index !== draw.below(Math.max(1, right.length)))
  const choices = [
    without,
    [...right, draw.oneOf(NO_DEVICES)],
    [...without, draw.oneOf(NO_DEVICES)],
    all,
    right.toReversed(),
    [...right, ...right.slice(0, 1)],
    [],
  ]
  return draw.oneOf(choices)
}

function listOf(names: readonly string[]): Values {
  if (names.join() === FIRST) return {}
  return { devices: names.length === 0 ? 'none' : names.join(', ') }
}

function drawStale(names: readonly string[], draw: Draw): Values {
  const known = names.filter((name) => !NO_DEVICES.includes(name))
  if (known.length === 0 || !draw.slip(12)) return {}
  const stale = draw.chance(50) ? [draw.oneOf(known)] : known
  const staleness: Values = draw.chance(60) ? { staleness: draw.oneOf(STALENESS) } : {}
  return { stale: [...new Set(stale)].join(', '), ...staleness }
}

/** Now and then the sender has the session of an earlier registration. */
function drawSession({ former }: Account, draw: Draw): Values {
  const sessions = former.flatMap(({ install }) => /^registration (\d+)$/.exec(install)?.slice(1) ?? [])
  return sessions.length === 0 || !draw.slip(25) ? {} : { session: draw.oneOf(sessions) }
}
