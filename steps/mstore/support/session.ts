import { MissingCapability } from '#driver/capabilities/failures.ts'
import type { GbaCredentials } from '#driver/capabilities/gba.ts'
import type { UbOutcome } from '#driver/gba/bootstrap.ts'
import type { NewSubscriber, Subscriber } from '#driver/capabilities/subscribers.ts'
import type { Call } from '#driver/mstore/client.ts'
import { finalResult } from '#driver/mstore/client.ts'
import type { RawClient } from '#driver/mstore/raw-client.ts'
import type { DigestPlan } from '#driver/mstore/digest-plan.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { RawOutcome } from '#driver/raw-exchange.ts'
import type { Answer, WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Check } from '../../shared/check.ts'
import type { Randomness } from '../../shared/randomness.ts'
import { ScenarioSession, observe } from '../../shared/session.ts'
import type { Turn } from '../../shared/session.ts'
import type { ExpectedStatus } from '../../shared/status.ts'
import { basicRequirement } from './basic-requirements.ts'
import { mustBeChallenged, mustNotServe } from './challenged.ts'
import { Mailbox } from './mailbox.ts'
import type { MStoreNode } from './node.ts'
import { isSuccess } from './observed.ts'
import type { MStoreObserved } from './observed.ts'
import { refusedCredentials } from './refused-credentials.ts'

/** The request a scenario is about, whose it was, and what came of it. */
export interface MStoreTurn extends Turn<MStoreObserved> {
  readonly mailbox: Mailbox
}

/** How the session is made. */
export interface MStoreSessionSetup {
  readonly check: Check
  readonly random: Randomness
  readonly node: MStoreNode
}

/** Who makes a request, how its digest is written, and what is violated where it must succeed and does not. */
export interface By {
  readonly mailbox: Mailbox
  readonly plan?: DigestPlan
  /** Whose credentials the request is made with, where they are not the owner's. */
  readonly subscriber?: Subscriber
  /** Credentials of an earlier call, in place of a bootstrap. */
  readonly credentials?: GbaCredentials
  readonly requirement?: string
  /** What is asked for in the first leg, where that is not the request itself. */
  readonly challengedBy?: WireRequest
  /** What carries the legs in place of the usual client. */
  readonly through?: RawClient
}

const UNAUTHORIZED = 401
const GATEWAY_TIMEOUT = 504

/** A number that is nobody's, for the probe. */
const NOBODY = '+15555550199'

/** What one scenario has to do with the mStore: its mailboxes, the request it is about, and how to ask. */
export class MStoreSession extends ScenarioSession<MStoreTurn> {
  readonly success: ExpectedStatus = { text: 'a status from 200 to 299', allows: isSuccess }
  readonly refusal: ExpectedStatus = {
    text: 'a status outside 200 to 299',
    allows: (status) => !isSuccess(status),
  }
  readonly notable: ExpectedStatus = {
    text: 'a status below 500, or 504',
    allows: (status) => status < 500 || status === GATEWAY_TIMEOUT,
  }
  readonly node: MStoreNode
  readonly #mailboxes = new Map<string, Mailbox>()
  #bootstrapped: UbOutcome | null = null
  #connections: readonly RawOutcome[] = []

  constructor({ check, random, node }: MStoreSessionSetup) {
    super(check, random)
    this.node = node
  }

  /** The target of the scenario. */
  get target(): MStoreTarget {
    return this.node.target
  }

  /** The scheme and host that stand in simple URLs. */
  get origin(): string {
    return this.node.client.origin
  }

  /** What came of the bootstrap that the scenario's When made for its own sake. */
  get bootstrapped(): UbOutcome {
    if (this.#bootstrapped === null) throw new Error('no bootstrap was made yet: the scenario needs one')
    return this.#bootstrapped
  }

  /** Keeps what came of a bootstrap that is made for its own sake. */
  keepBootstrap(outcome: UbOutcome): void {
    this.#bootstrapped = outcome
  }

  /** What became of the connections of the scenario's When, where that put its bytes on the wire itself. */
  get connections(): readonly RawOutcome[] {
    if (this.#connections.length === 0) throw new Error('no request was put on the wire byte by byte yet')
    return this.#connections
  }

  /**
   * The mailbox of that party: a new one at its first mention, with `overrides` if any; the target's own where it
   * makes none. Throws MissingCapability for a second party there, and for overrides that cannot be met.
   */
  async mailbox(name: string, overrides?: NewSubscriber): Promise<Mailbox> {
    const known = this.#mailboxes.get(name)
    if (known !== undefined) {
      if (overrides !== undefined) throw new Error(`${name} has a mailbox already: say what it is like first`)
      return known
    }
    const mailbox = new Mailbox(name, await this.#subscriber(overrides))
    if (mailbox.pin !== null) this.node.secrets.add(mailbox.pin, 'pin')
    this.#mailboxes.set(name, mailbox)
    return mailbox
  }

  /**
   * Makes the call the scenario is about; in a Given, one that must succeed, or `requirement` is violated, by
   * default the basic one of the operation.
   */
  async act(request: WireRequest, by: By): Promise<MStoreObserved> {
    const observed = await this.ask(request, by)
    this.keep({ request, mailbox: by.mailbox, observed })
    this.#connections = by.through?.outcomes ?? []
    if (this.preparing) await this.mustHaveSucceeded(request, observed, by)
    return observed
  }

  /** Makes the request the scenario is about in one leg, just as it is written. */
  async actBare(request: WireRequest, mailbox: Mailbox, through?: RawClient): Promise<MStoreObserved> {
    const observed = await this.askBare(request, through)
    this.keep({ request, mailbox, observed })
    this.#connections = through?.outcomes ?? []
    mustNotServe(this.check, request, observed)
    return observed
  }

  /** Makes a call that must succeed for the scenario to go on; where it does not, `requirement` is violated. */
  async succeed(request: WireRequest, by: By): Promise<Answer> {
    return this.mustHaveSucceeded(request, await this.ask(request, by), by)
  }

  /** Makes a call and says what came of it. A first leg that is not challenged violates just that. */
  async ask(
    request: WireRequest,
    { mailbox, plan = {}, subscriber = mailbox.subscriber, credentials, challengedBy, through }: By,
  ): Promise<MStoreObserved> {
    const earlier = credentials === undefined ? {} : { credentials }
    const first = challengedBy === undefined ? {} : { challengedBy }
    const carried = through === undefined ? {} : { through: (leg: WireRequest) => through.send(leg) }
    const call = await this.node.client.call(request, {
      ...{ subscriber, plan, ...earlier, ...first, ...carried },
    })
    const observed = await this.#observe(finalResult(call), call)
    mustBeChallenged(this.check, call, observed)
    return observed
  }

  /** Makes a request in one leg and says what came of it. */
  async askBare(
    request: WireRequest,
    through: Pick<RawClient, 'send'> = this.node.client,
  ): Promise<MStoreObserved> {
    return this.#observe(await through.send(request), null)
  }

  /** Asserts of a call that was made what `succeed` does, and gives the answer. */
  async mustHaveSucceeded(request: WireRequest, observed: MStoreObserved, by: By): Promise<Answer> {
    const requirement = by.requirement ?? (await this.basicOf(request, observed, by))
    return this.answered({ request, observed }, this.success, requirement)
  }

  /** What a request violates that does not succeed: its operation, or what refuses right credentials. */
  async basicOf(request: WireRequest, { status, call }: MStoreObserved, { mailbox }: By): Promise<string> {
    const isRefused = status === UNAUTHORIZED && call?.second != null
    return isRefused ? await refusedCredentials(this.node, mailbox) : basicRequirement(request, status)
  }

  async #subscriber(overrides?: NewSubscriber): Promise<Subscriber> {
    const { mailbox, capabilities } = this.target
    if (capabilities.subscribers !== null) return this.node.capabilities.subscribers.create(overrides)
    if (mailbox === null) throw new MissingCapability('mock', 'mailbox: "+1…"')
    if (overrides !== undefined || this.#mailboxes.size > 0) throw new MissingCapability('mock')
    return { msisdn: mailbox, pin: capabilities.pin, sim: null }
  }

  async #observe(result: WireResult, call: Call | null): Promise<MStoreObserved> {
    return { ...(await observe(result, () => this.#isAlive())), call }
  }

  async #isAlive(): Promise<boolean> {
    return (await this.node.client.send(getProfile(NOBODY))).kind === 'answered'
  }
}
