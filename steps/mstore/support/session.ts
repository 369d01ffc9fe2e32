import { MissingCapability } from '#driver/capabilities/failures.ts'
import type { UbOutcome } from '#driver/gba/bootstrap.ts'
import type { NewSubscriber, Subscriber } from '#driver/capabilities/subscribers.ts'
import { type Call, type CallAs, finalResult } from '#driver/mstore/client.ts'
import type { RawClient } from '#driver/mstore/raw-client.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { DigestPlan } from '#driver/mstore/digest-plan.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { RawOutcome } from '#driver/raw-exchange.ts'
import type { Answer, WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { ScenarioSession, observe, type SessionSetup, type Turn } from '../../shared/support/session.ts'
import type { UndoRegister } from '../../shared/support/undo-register.ts'
import { refuseAbsent } from '../../shared/support/refuse-absent.ts'
import type { ExpectedStatus } from '../../shared/support/status.ts'
import { basicRequirement, operationRequirement } from './basic-requirements.ts'
import { mustBeChallenged, mustNotServe } from './challenged.ts'
import { Mailbox } from './mailbox.ts'
import type { MStoreNode } from './node.ts'
import { isSuccess, type MStoreObserved } from './observed.ts'
import { nothingServed, refusedCredentials } from './refused-credentials.ts'

/** The request a scenario is about, whose it was, and what came of it. */
export interface MStoreTurn extends Turn<MStoreObserved> {
  readonly mailbox: Mailbox
}

/** A request that was made, whatever for, and what came of it. */
interface LatestRequest extends Pick<MStoreTurn, 'request' | 'observed'> {
  /** How its digest was to be written; undefined where that was as it should be. */
  readonly plan: DigestPlan | undefined
}

/** How the session is made. */
export interface MStoreSessionSetup extends SessionSetup {
  readonly node: MStoreNode
  /** Called before a request to a mailbox that outlives the scenario. */
  readonly beforeWriting: BeforeWriting
}

/** Looks whether a mailbox is as a request relies on, and registers how to put back what it may change. */
type BeforeWriting = (
  kept: { readonly node: MStoreNode; readonly mailbox: Mailbox },
  request: WireRequest,
  undo: UndoRegister,
) => Promise<void>

/** How a call is made, where it is not the owner's with a fresh bootstrap. */
export interface CallOptions extends Partial<Omit<CallAs, 'through'>> {
  /** What is violated where the call must succeed and does not; by default the basic one of the operation. */
  readonly requirement?: string
  /** What carries the legs in place of the usual client. */
  readonly through?: RawClient
}

const UNAUTHORIZED = 401
const GATEWAY_TIMEOUT = 504

/** An unassigned number, for the probe. */
const UNASSIGNED = '+15555550199'

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
  /** The kinds of request that were granted so far. */
  readonly granted = new Set<string>()
  readonly #prepareWriting: BeforeWriting
  readonly #mailboxes = new Map<string, Mailbox>()
  #latest: LatestRequest | null = null
  #refused = false
  #bootstrapped: UbOutcome | null = null
  #connections: readonly RawOutcome[] = []

  constructor({ node, beforeWriting, ...setup }: MStoreSessionSetup) {
    super(setup)
    this.node = node
    this.check.name(new URL(node.target.url).host, 'host')
    this.#prepareWriting = beforeWriting
  }

  /** The request made last; null before the first. */
  get latest(): LatestRequest | null {
    return this.#latest
  }

  /** Whether any credentials were refused so far. */
  get hadCredentialsRefused(): boolean {
    return this.#refused
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
    this.check.name(mailbox.msisdn.replace('+', ''), `number of ${name}`)
    return mailbox
  }

  /** Makes the call the scenario is about; in a Given, one that must succeed. */
  async act(request: WireRequest, mailbox: Mailbox, options: CallOptions = {}): Promise<MStoreObserved> {
    const observed = await this.ask(request, mailbox, options)
    const turn = { request, mailbox, observed }
    this.keep(turn)
    this.#connections = options.through?.outcomes ?? []
    if (this.preparing) await this.mustHaveSucceeded(turn, options.requirement)
    return observed
  }

  /** Throws GivenUp where the request would only repeat what is known. */
  #refuse(request: WireRequest): void {
    refuseAbsent(operationRequirement(request), this.target)
    this.outages.refuse(request.operation)
  }

  /** Makes the request the scenario is about in one leg, just as it is written. */
  async actBare(request: WireRequest, mailbox: Mailbox, through?: RawClient): Promise<MStoreObserved> {
    this.#refuse(request)
    await this.#beforeWriting(request, mailbox)
    const client = through ?? this.node.client
    const observed = await this.#observe(await client.send(request), null)
    this.#latest = { request, observed, plan: undefined }
    this.keep({ request, mailbox, observed })
    this.#connections = through?.outcomes ?? []
    mustNotServe(this.check, request, observed)
    return observed
  }

  /** Makes a call that must succeed for the scenario to go on, and returns the answer. */
  async succeed(request: WireRequest, mailbox: Mailbox, options: CallOptions = {}): Promise<Answer> {
    const observed = await this.ask(request, mailbox, options)
    return this.mustHaveSucceeded({ request, mailbox, observed }, options.requirement)
  }

  /** Makes a call and returns what came of it. A first leg that is not challenged violates just that. */
  async ask(request: WireRequest, mailbox: Mailbox, options: CallOptions = {}): Promise<MStoreObserved> {
    this.#refuse(request)
    await this.#beforeWriting(request, mailbox)
    const { through, subscriber = mailbox.subscriber, ...as } = options
    const carried = through === undefined ? {} : { through: (leg: WireRequest) => through.send(leg) }
    const call = await this.node.client.call(request, { ...as, subscriber, ...carried })
    const observed = await this.#observe(finalResult(call), call)
    this.#latest = { request, observed, plan: as.plan }
    this.#refused ||= observed.status === UNAUTHORIZED && call.second !== null
    if (isSuccess(observed.status)) this.granted.add(request.operation)
    mustBeChallenged(this.check, call, observed)
    return observed
  }

  /** Asserts of a call that was made that it succeeded, else `requirement` is violated, and returns the answer. */
  async mustHaveSucceeded(turn: MStoreTurn, requirement?: string): Promise<Answer> {
    return this.answered(turn, this.success, requirement ?? (await this.basicOf(turn)))
  }

  /** What a request violates that does not succeed: its operation, or what keeps every request from succeeding. */
  async basicOf({ request, mailbox, observed: { status, call } }: MStoreTurn): Promise<string> {
    if (status !== null && this.success.allows(status)) return basicRequirement(request, status)
    const isRefused = status === UNAUTHORIZED && call?.second != null
    if (isRefused) return await refusedCredentials(this.node, mailbox)
    return (await nothingServed(this.node, mailbox)) ?? basicRequirement(request, status)
  }

  /** A subscriber that was made for the scenario is left behind as it is. */
  async #beforeWriting(request: WireRequest, mailbox: Mailbox): Promise<void> {
    if (this.target.capabilities.subscribers !== null) return
    await this.#prepareWriting({ node: this.node, mailbox }, request, this.undo)
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
    return (await this.node.client.send(getProfile(UNASSIGNED))).kind === 'answered'
  }
}
