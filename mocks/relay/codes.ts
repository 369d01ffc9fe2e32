import { isE164Number } from '#protocol/relay/numbers.ts'
import { decidedBySteps } from '#mocks/engine/decision.ts'
import type { StepResult, Steps } from '#mocks/engine/steps.ts'
import type { RelayChange } from './changes.ts'
import { limit, type LimitRules } from './limits.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { Transport } from './entities.ts'
import type { RequestHead } from './requests.ts'
import type { PathRules } from './paths.ts'

/** The rules that decide a request for a code. */
export interface CodeRulebook {
  readonly codes: CodeRules
  readonly paths: PathRules
  readonly limits: LimitRules
}

/** What the rules of codes may read. */
export type CodeScene = RelayScene<CodeRulebook>

/** A request for a verification code; `transport` and `number` as the path has them. */
export interface RequestCode extends RequestHead {
  readonly kind: 'request-code'
  readonly transport: string
  readonly number: string
}

/** What a code request is judged by. `transport` is undefined where the path names none. */
interface CodeRequest {
  readonly number: string
  readonly transport: Transport | undefined
  readonly scene: CodeScene
}

/** How verification codes are asked for and issued (relay spec, Request a verification code). */
export interface CodeRules {
  readonly order: readonly CodeStep[]
  readonly isWellFormed: (number: string) => boolean
  readonly transportOf: (text: string) => Transport | undefined
  /** A new code, as digits. */
  readonly draw: (scene: CodeScene) => string
  /** What issuing the code changes: which number it confirms, and which one it is sent to. */
  readonly issue: (request: IssuedCode, scene: CodeScene) => readonly RelayChange[]
}

/** A code that is to be issued. */
export interface IssuedCode {
  readonly number: string
  readonly transport: Transport
  readonly code: string
}

/** The checks of a request for a code, and its issue. */
export type CodeStep = 'number' | 'transport' | 'limit' | 'issue'

/** How the relay spec issues a code (Request a verification code). */
export const documentedCodes: CodeRules = {
  // RELAY-CODE-13, RELAY-CODE-09: nothing is issued before all is checked
  order: ['number', 'transport', 'limit', 'issue'],
  // RELAY-CODE-03, E-49
  isWellFormed: isE164Number,
  // RELAY-CODE-04
  transportOf: (text) => (text === 'sms' || text === 'voice' ? text : undefined),
  // RELAY-CODE-10, E-54: six digits
  draw: ({ world }) => String(world.randomInt(100_000, 1_000_000)),
  // RELAY-CODE-10, RELAY-CODE-12: the latest code stands, and goes to the number over the channel asked for
  issue: (issued, scene) => [
    { kind: 'code-pending', number: issued.number, code: issued.code },
    { kind: 'code-sent', sent: { ...issued, text: spoken(issued), at: scene.world.nowMs() } },
  ],
}

/** What the SMS or the voice says; the SMS shows the code in two groups of three (E-54). */
function spoken({ transport, code }: IssuedCode): string {
  return transport === 'sms'
    ? `Your verification code: ${code.slice(0, 3)}-${code.slice(3)}`
    : `Your verification code is: ${Array.from(code).join(', ')}`
}

const steps: Steps<CodeStep, CodeRequest, 'bad-number' | 'bad-transport' | 'limited', RelayChange> = {
  number: ({ number, scene }) =>
    scene.rulebook.codes.isWellFormed(number)
      ? { kind: 'passed' }
      : { kind: 'refused', as: 'bad-number', notes: ['number: expected + and 10 to 15 digits'] },
  transport: ({ transport }) => (transport === undefined ? badTransport : { kind: 'passed' }),
  limit: ({ number, transport = 'sms', scene }) => limit(transport, { number }, scene),
  issue: ({ number, transport = 'sms', scene }) => {
    const { codes } = scene.rulebook
    return { kind: 'passed', changes: codes.issue({ number, transport, code: codes.draw(scene) }, scene) }
  },
}

const badTransport: StepResult<'bad-transport', never> = {
  kind: 'refused',
  as: 'bad-transport',
  notes: ['transport: expected sms or voice'],
}

/** Decides a request for a verification code. */
export function decideCode(event: RequestCode, scene: CodeScene): RelayDecision {
  const { codes, paths } = scene.rulebook
  const number = paths.number(event.number, event.target)
  const request = { number, transport: codes.transportOf(event.transport), scene }
  return decidedBySteps('request-code', 'code-sent', { order: codes.order, steps, context: request })
}
