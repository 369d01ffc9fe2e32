import type { Skip } from '#evidence/step-evidence.ts'
import { LIMITERS, type Limiter } from '#protocol/relay/limiters.ts'
import { enabling } from './capabilities/has-capability.ts'
import { oneCode } from './relay/one-code.ts'
import { OTHER_KEYS } from './mstore/client.ts'
import { absenceLine, figuresLine, fullAfterMs, givenBackBy, timesUntilFull } from './limit-figures.ts'
import type { Limit, MStoreTarget, RelayTarget, Target } from './target.ts'

/** A limiter that is full again within this many milliseconds cannot be seen to be empty. */
const LEAST_SPAN_MS = 500
/** Milliseconds that a scenario waits for a limiter at most. */
const LONGEST_WAIT_MS = 60_000

const NAMED = /(?:the relay has a|has used up the|^the|once the) "(\w+)" limit\b/
const EMPTIED = /has used up the "\w+" limit|until the limit is passed/
const PASSED = /tries to "([^"]+)" until the limit is passed/
const REFILLED = /"(\w+)" limit has refilled(?: "([^"]+)")?/

/** Steps of which a code that was sent is part. */
const CONFIRMS =
  /is registered\b|is confirmed with\b|\bcode sent\b|is ready to "(?!ask for a code)|tries to "confirm/

/** A step in which a party shows the code sent to another, as it was sent. */
const OF_ANOTHER = /^(\w+) (?:confirms|tries to "register anew) with the code sent to (\w+)"?$/

/**
 * Why a scenario of these steps will be skipped once it runs, as far as the target file alone decides it: what it says of
 * single limiters, and whether codes can be read. Null where nothing is known to be in the way.
 */
export function foreseenSkip(steps: readonly string[], target: Target): Skip | null {
  if (target.protocol === 'mstore') return keySkip(steps, target)
  if (target.capabilities.verificationCode === null && steps.some((step) => CONFIRMS.test(step)))
    return { code: 'capability', name: 'verificationCode', enable: enabling('verificationCode', 'relay') }
  const sameCode = sameCodeSkip(steps, target)
  if (sameCode !== null) return sameCode
  const { limits } = target.capabilities
  if (limits?.kind !== 'fixed') return null
  for (const step of steps) {
    const name = limiterOf(step)
    const skip = name === null ? null : skipFor(step, name, limits.limits[name])
    if (skip !== null) return skip
  }
  return null
}

/** Where every number is sent the same code, that of another is one's own. */
function sameCodeSkip(steps: readonly string[], { capabilities }: RelayTarget): Skip | null {
  if (capabilities.verificationCode?.kind !== 'fixed') return null
  const [, party = '', other = ''] = steps.map((step) => OF_ANOTHER.exec(step)).find(isOfAnother) ?? []
  if (party === '') return null
  return { code: 'capability', name: 'verificationCode', enable: oneCode(other, party) }
}

function isOfAnother(found: RegExpExecArray | null): boolean {
  return found !== null && found[1] !== found[2]
}

const TWO_ALPHABETS = /digest "password in the (?:standard|URL) alphabet"/

/** One key shows the alphabet of its Base64 only where that has + or /. */
function keySkip(steps: readonly string[], { capabilities: { gba } }: MStoreTarget): Skip | null {
  if (gba?.kind !== 'fixed' || /[+/]/.test(gba.key)) return null
  return steps.some((step) => TWO_ALPHABETS.test(step))
    ? { code: 'capability', name: 'bsf', enable: OTHER_KEYS }
    : null
}

/** Milliseconds that a scenario of these steps lets limiters refill in real time. */
export function foreseenWaitMs(steps: readonly string[], target: Target): number {
  return steps.map((step) => waitOf(step, target)).reduce((sum, each) => sum + each, 0)
}

/** Whether a scenario of these steps waits in real time for a limiter to refill, among parties of its own. */
export function waitsForRefill(steps: readonly string[], target: Target): boolean {
  if (target.protocol !== 'relay') return false
  const { limits } = target.capabilities
  return limits !== null && limits.kind !== 'mock-control' && steps.some((step) => REFILLED.test(step))
}

function waitOf(step: string, target: Target): number {
  const figure = target.protocol === 'relay' ? figureOf(step, target) : null
  return figure === null ? 0 : refillsIn(step, figure) * givenBackBy(figure).everyMs
}

function figureOf(step: string, { capabilities: { limits } }: RelayTarget): Limit | null {
  const name = limiterOf(step)
  const figure = limits?.kind === 'fixed' && name !== null ? limits.limits[name] : undefined
  return figure === undefined || figure === 'none' ? null : figure
}

/** How many refills of a limiter a step waits for. */
function refillsIn(step: string, limit: Limit): number {
  const [found, , often = 'once'] = REFILLED.exec(step) ?? []
  if (found === undefined) return 0
  return often === 'twice over' ? 2 * timesUntilFull(limit) : 1
}

function limiterOf(step: string): Limiter | null {
  const name = NAMED.exec(step)?.[1] ?? limiterOfOperation(PASSED.exec(step)?.[1] ?? '')
  return LIMITERS.find((known) => known === name) ?? null
}

/** The limiters of operations that are tried until a limit is passed, by how the operation begins. */
const LIMITED: readonly (readonly [operation: string, limiter: Limiter])[] = [
  ['ask for a code by sms', 'sms'],
  ['ask for a code by voice', 'voice'],
  ['confirm', 'verify'],
  ['message', 'messages'],
  ['fetch a prekey', 'prekeys'],
  ['allocate', 'attachments'],
  ['retrieve', 'retrievals'],
]

function limiterOfOperation(operation: string): Limiter | undefined {
  return LIMITED.find(([beginning]) => operation.startsWith(beginning))?.[1]
}

function skipFor(step: string, name: Limiter, figure: Limit | 'none' | undefined): Skip | null {
  if (figure === undefined) return missing(figuresLine(name))
  if (figure === 'none') return { code: 'absent', name: 'limits', enable: absenceLine(name) }
  if (EMPTIED.test(step) && fullAfterMs(figure) < LEAST_SPAN_MS) return missing(`a slower limit of ${name}`)
  const isTooLong = refillsIn(step, figure) * givenBackBy(figure).everyMs > LONGEST_WAIT_MS
  return isTooLong ? missing(`a ${name} limit that refills within a minute`) : null
}

function missing(enable: string): Skip {
  return { code: 'capability', name: 'limits', enable }
}
