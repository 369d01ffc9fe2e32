import type { RelayTarget } from '#driver/target.ts'
import { isAlive } from '#driver/probe.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { newNumber } from '#driver/relay/parties.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import {
  ScenarioSession,
  observe,
  type Observed,
  type SessionSetup,
  type Turn,
} from '../../shared/support/session.ts'
import { refuseAbsent } from '../../shared/support/refuse-absent.ts'
import type { ExpectedStatus } from '../../shared/support/status.ts'
import type { KnownAttachment } from './attachment.ts'
import { basicRequirement, operationRequirement } from './basic-requirements.ts'
import { withKeptIds } from './kept-registration-ids.ts'
import type { RelayNode } from './node.ts'
import { Party, type SentMessage } from './party.ts'
import { inPlainForm } from './plain-forms.ts'
import { afterPushId, beforePushId } from './push-id-back.ts'

/** Statuses that say an operation succeeded; only requirements on the exact status distinguish the two (E-08). */
export const OK: readonly number[] = [200, 204]

/** Any refusal; which one is up to the relay where the relay spec lists none. */
export const REFUSAL: ExpectedStatus = {
  text: 'a status from 400 to 499',
  allows: (status) => status >= 400 && status <= 499,
}

/** The status of a limiter (E-07). */
const LIMITED = 413
/** The same of an upload, of which the relay spec says nothing: any success (E-42). */
export const STORED: readonly number[] = [200, 201, 202, 203, 204, 205]

/** Numbers drawn before it is given up to find one that suits. */
const MOST_NUMBERS_TRIED = 1000

/** How the session is made. */
export interface RelaySessionSetup extends SessionSetup {
  readonly home: RelayNode
  /** The node the target federates with; throws where the target has none. */
  readonly peer: () => RelayNode
}

/** A request that submitted messages, what came of it, and the messages, accepted or not. */
export interface Submission extends Turn {
  readonly messages: readonly SentMessage[]
}

/** Which node a request goes to, by default the target, and what is violated where it must succeed and does not. */
export interface RelayCallOptions {
  readonly requirement?: string | undefined
  readonly node?: RelayNode | undefined
}

/** What one scenario does with the relay: its parties, the request it is about, and how to make requests. */
export class RelaySession extends ScenarioSession<Turn> {
  readonly home: RelayNode
  /** The places for attachments that the relay gave out in this scenario, in order. */
  readonly attachments: KnownAttachment[] = []
  /** How it was made: another of the same has parties of its own. */
  protected readonly setup: RelaySessionSetup
  #latest: Turn | null = null
  #submission: Submission | null = null
  readonly #peer: () => RelayNode
  readonly #parties = new Map<string, Party>()

  constructor(setup: RelaySessionSetup) {
    const { home, peer } = setup
    super(setup)
    this.setup = setup
    this.home = home
    this.check.name(new URL(home.target.url).host, 'host')
    this.#peer = peer
  }

  /** The target of the scenario. */
  get target(): RelayTarget {
    return this.home.target
  }

  /** The request made last, whatever for, and what came of it; null before the first. */
  get latest(): Turn | null {
    return this.#latest
  }

  /** The messages that the scenario's own request carries, and what came of it; null where it carries none. */
  get submission(): Submission | null {
    return this.#submission
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

  /** Gives a party that was not mentioned before that number. */
  named(name: string, number: string): Party {
    if (this.#parties.has(name)) throw new Error(`${name} has a number already: say what it is like first`)
    return this.#add(new Party({ name, number, node: this.home }))
  }

  /** Makes a party live at the peer: registered there, with its number unknown to the target. */
  atPeer(name: string): Party {
    return this.party(name, this.#peer())
  }

  /** The parties mentioned so far. */
  parties(): readonly Party[] {
    return [...this.#parties.values()]
  }

  /** Every message that the relay accepted in this scenario. */
  accepted(): readonly SentMessage[] {
    return this.parties().flatMap(({ accepted }) => accepted)
  }

  /** A number that is not registered. */
  unusedNumber(): string {
    return newNumber(this.random)
  }

  /**
   * Makes the request the scenario is about; in a Given, one that must succeed, or `requirement` is violated, by
   * default the basic one of the operation. Messages that the relay
   * accepts count as on their way to their recipients.
   */
  async act(
    request: WireRequest,
    messages: readonly SentMessage[] = [],
    { requirement, node = this.home }: RelayCallOptions = {},
  ): Promise<Observed> {
    const observed = await this.ask(request, node)
    this.keep({ request, observed })
    this.#submission = messages.length === 0 ? null : { request, observed, messages }
    if (this.preparing) this.mustHaveSucceeded(request, observed, requirement)
    if (isOk(observed)) this.deliver(messages)
    return observed
  }

  /** Makes a request that is meant to be refused, also in a Given. */
  async expectRefusal(
    request: WireRequest,
    messages: readonly SentMessage[],
    excuse: () => Promise<void>,
  ): Promise<void> {
    this.beginStep(false)
    const observed = await this.act(request, messages)
    if (isOk(observed)) await excuse()
    const { status, text, exchange } = observed
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
  async succeed(
    request: WireRequest,
    { requirement, node = this.home }: RelayCallOptions = {},
  ): Promise<Answer> {
    return this.mustHaveSucceeded(request, await this.ask(request, node), requirement)
  }

  /**
   * Makes a request and says what came of it; once more where a client would try again. Throws GivenUp where it would only
   * repeat what is known.
   */
  async ask(request: WireRequest, node = this.home): Promise<Observed> {
    refuseAbsent(operationRequirement(request), node.target)
    this.outages.refuse(request.operation)
    await node.pace.before(request)
    const reachable = beforePushId(this.undo, { request, node, atPeer: node !== this.home })
    const result = await node.client.send(request).finally(() => {
      node.pace.after(request)
    })
    const observed = await observe(result, () => isAlive(node.client))
    afterPushId(this.undo, reachable, observed)
    const again = this.#anotherAttempt(request, observed)
    if (again !== null) return this.ask(again, node)
    this.#latest = { request, observed }
    return observed
  }

  /** What a client of the relay would send after such a refusal, which is noted; null where it would give up. */
  #anotherAttempt(request: WireRequest, observed: Observed): WireRequest | null {
    const kept = withKeptIds(request, observed, this.parties())
    if (kept !== null) {
      this.check.note('a further device keeps its registration id, and 0 is stale for it', observed.exchange)
      return kept
    }
    const plain = inPlainForm(request, observed)
    if (plain !== null) this.check.note(`${request.operation} answered ${observed.text}`, observed.exchange)
    return plain
  }

  /** Counts messages as on their way: the relay accepted them. */
  deliver(messages: readonly SentMessage[]): void {
    for (const message of messages) message.to.accepted.push(message)
  }

  #add(party: Party): Party {
    const { name, number } = party
    this.#parties.set(name, party)
    this.check.name(number.slice(1), `number of ${name}`)
    this.check.name(directoryToken(number), `token of ${name}`)
    return party
  }

  /** Asserts of a request that was made what `succeed` does, and returns the answer. */
  mustHaveSucceeded(request: WireRequest, observed: Observed, requirement?: string): Answer {
    const { operation } = request
    const { status } = observed
    if (status === LIMITED) throw new Inconclusive(`${operation}: refused with ${LIMITED} by a limiter`)
    const ok = operation === 'PUT {attachment_url}' ? STORED : OK
    const expected = { text: ok.join(' or '), allows: (got: number) => ok.includes(got) }
    return this.answered({ request, observed }, expected, requirement ?? basicRequirement(request, status))
  }
}

/** Whether the request succeeded. */
export function isOk({ status }: Observed): boolean {
  return status !== null && OK.includes(status)
}
