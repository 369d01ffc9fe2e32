import type { RelayTarget } from '#driver/target.ts'
import { isAlive } from '#driver/probe.ts'
import type { Answer, WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { newNumber } from '#driver/relay/parties.ts'
import type { Check } from '../shared/check.ts'
import { Inconclusive } from '../shared/check.ts'
import type { Randomness } from '../shared/randomness.ts'
import type { Attachment } from './attachment.ts'
import { basicRequirement } from './basic-requirements.ts'
import type { RelayNode } from './node.ts'
import { Party } from './party.ts'
import type { SentMessage } from './party.ts'

/** Statuses that say an operation succeeded; only rows about the exact status tell the two apart (E-08). */
export const OK: readonly number[] = [200, 204]

/** The status of a limiter (E-07). */
const LIMITED = 413
/** The same of an upload, of which the page says nothing (E-42). */
const STORED = [200, 201, 204]

/** Numbers drawn before it is given up to find one that suits. */
const MOST_NUMBERS_TRIED = 1000

/** The request a scenario is about and what came of it. `messages` are those it carried. */
export interface Turn {
  readonly request: WireRequest
  readonly observed: Observed
}

/** What a request got, in words; the status is null where no whole answer came. */
export interface Observed {
  readonly status: number | null
  readonly text: string
  readonly answer: Answer | null
  /** The exchange that shows it. */
  readonly exchange: string
}

/** How the session is made. */
export interface SessionSetup {
  readonly check: Check
  readonly random: Randomness
  readonly home: RelayNode
  /** The node the target federates with; throws where the target has none. */
  readonly peer: () => RelayNode
}

/** Whom a request goes to, the target unless told otherwise, and what is violated where it must succeed and does not. */
export interface Expectation {
  readonly requirement?: string
  readonly node?: RelayNode
}

/** What one scenario has to do with the relay: its parties, the request it is about, and how to ask. */
export class RelaySession {
  readonly check: Check
  readonly random: Randomness
  readonly home: RelayNode
  /** The places for attachments that the relay gave out in this scenario, in order. */
  readonly attachments: Attachment[] = []
  readonly #peer: () => RelayNode
  readonly #parties = new Map<string, Party>()
  #turn: Turn | null = null
  #preparing = false

  constructor({ check, random, home, peer }: SessionSetup) {
    this.check = check
    this.random = random
    this.home = home
    this.#peer = peer
  }

  /** The target of the scenario. */
  get target(): RelayTarget {
    return this.home.target
  }

  /** What the scenario's When did; a Then without a When is wrong in itself. */
  get turn(): Turn {
    if (this.#turn === null) throw new Error('no request was made yet: the scenario needs a When')
    return this.#turn
  }

  /** The party of that name, with a number of its own from its first mention on. */
  party(name: string, node: RelayNode = this.home): Party {
    return this.#parties.get(name) ?? this.#add(new Party({ name, number: newNumber(this.random), node }))
  }

  /** Gives a party that was not mentioned before a number that suits; a thousand are tried. */
  numbered(name: string, suits: (number: string) => boolean): void {
    if (this.#parties.has(name)) throw new Error(`${name} has a number already: say what it is like first`)
    for (let tried = 0; tried < MOST_NUMBERS_TRIED; tried += 1) {
      const number = newNumber(this.random)
      if (suits(number)) {
        this.#add(new Party({ name, number, node: this.home }))
        return
      }
    }
    throw new Error(`${name}: none of ${MOST_NUMBERS_TRIED} numbers suits`)
  }

  /** Makes a party live at the peer: registered there, with its number unknown to the target. */
  atPeer(name: string): Party {
    return this.party(name, this.#peer())
  }

  /**
   * What is violated where a step does not find what it needs: in a Given `basic`, the requirement that it be
   * there; in a When or Then the one the scenario is about.
   */
  requirementHere(basic: string): string {
    return this.#preparing ? basic : this.check.requirement
  }

  /** Everybody who was mentioned so far. */
  parties(): readonly Party[] {
    return [...this.#parties.values()]
  }

  /** Whether the step is of a Given. */
  get preparing(): boolean {
    return this.#preparing
  }

  /** Every message that the relay accepted in this scenario. */
  accepted(): readonly SentMessage[] {
    return this.parties().flatMap(({ accepted }) => accepted)
  }

  /** A number that nobody registered. */
  unusedNumber(): string {
    return newNumber(this.random)
  }

  /** A step begins: of a Given, `preparing`, or of a When or Then. */
  beginStep(preparing: boolean): void {
    this.#preparing = preparing
  }

  /**
   * Makes the request the scenario is about; in a Given, one that must succeed, or `requirement` is violated, by
   * default the basic one of the operation. Messages that the relay
   * accepts count as on their way to their recipients.
   */
  async act(
    request: WireRequest,
    messages: readonly SentMessage[] = [],
    { requirement, node = this.home }: Expectation = {},
  ): Promise<Observed> {
    const observed = await this.ask(request, node)
    this.#turn = { request, observed }
    if (this.#preparing) this.mustHaveSucceeded(request, observed, requirement)
    if (isOk(observed)) for (const message of messages) message.to.accepted.push(message)
    return observed
  }

  /** Makes a request that is meant to be refused, also in a Given. */
  async expectRefusal(request: WireRequest, messages: readonly SentMessage[] = []): Promise<void> {
    this.#preparing = false
    const { status, text, exchange } = await this.act(request, messages)
    this.check.that({
      thing: `status of ${request.operation}`,
      expected: 'a refusal',
      got: text,
      holds: status !== null && status >= 400 && status < 500,
      exchange,
    })
  }

  /**
   * Makes a request that must succeed for the scenario to go on. Where it does not, `requirement` is violated,
   * by default the basic one of the operation; a limiter's refusal (413) leaves the scenario inconclusive.
   */
  async succeed(request: WireRequest, { requirement, node = this.home }: Expectation = {}): Promise<Answer> {
    return this.mustHaveSucceeded(request, await this.ask(request, node), requirement)
  }

  /** Makes a request and says what came of it. */
  async ask(request: WireRequest, node = this.home): Promise<Observed> {
    return this.#observe(await node.client.send(request), node)
  }

  #add(party: Party): Party {
    this.#parties.set(party.name, party)
    return party
  }

  /** Asserts of a request that was made what `succeed` does, and gives the answer. */
  mustHaveSucceeded(
    request: WireRequest,
    { status, text, answer, exchange }: Observed,
    requirement = basicRequirement(request, status),
  ): Answer {
    const { operation } = request
    const ok = operation === 'PUT {attachment_url}' ? STORED : OK
    if (status === LIMITED) throw new Inconclusive(`${operation}: refused with ${LIMITED} by a limiter`)
    const thing = `status of ${operation}`
    this.check.that({
      requirement,
      thing,
      expected: ok.join(' or '),
      got: text,
      holds: status !== null && ok.includes(status),
      exchange,
    })
    if (answer === null) throw new Error('an assertion that failed did not end the step')
    return answer
  }

  /**
   * What came of a request. No answer is an observation where the target still answers another request, and
   * leaves the scenario inconclusive where it does not.
   */
  async #observe(result: WireResult, node: RelayNode): Promise<Observed> {
    if (result.kind === 'answered') {
      const { answer } = result
      return { status: answer.status, text: String(answer.status), answer, exchange: answer.exchange.id }
    }
    const { kind, detail } = result.failure
    if (kind === 'unreachable' || !(await isAlive(node.client))) throw new Inconclusive(`${kind}: ${detail}`)
    const text = `${kind} (${detail}), though it answers other requests`
    return { status: null, text, answer: null, exchange: result.exchange.id }
  }
}

/** Whether the request succeeded. */
export function isOk({ status }: Observed): boolean {
  return status !== null && OK.includes(status)
}
