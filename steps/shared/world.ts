import { World, setWorldConstructor, type IWorldOptions } from '@cucumber/cucumber'
import { Ledger } from '#driver/ledger.ts'
import type { Secrets } from '#driver/secrets.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import { EVIDENCE_MEDIA_TYPE } from '#evidence/step-evidence.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { MStoreScenario } from '../mstore/support/scenario.ts'
import { RelayScenario } from '../relay/support/scenario.ts'
import { Check } from './support/check.ts'
import { EvidenceRecorder } from './support/evidence-recorder.ts'
import { Outages } from './support/outages.ts'
import { Permit } from './support/permit.ts'
import { parseParameters, type Parameters } from './support/parameters.ts'
import { seededRandomness } from './support/randomness.ts'
import { openerOf } from './support/open-walk.ts'
import { walkScenario, type WalkScenario } from './support/walk-scenario.ts'
import type { ScenarioServices } from './support/scenario-services.ts'
import type { ProtocolScenario } from './support/session.ts'

/** What a scenario is, before its first step. */
export interface ScenarioIdentity {
  readonly protocol: Protocol
  /** The requirement it is about. */
  readonly requirement: string
  /** Where it stands, and which attempt it is: random values follow from it and the run's seed. */
  readonly key: string
  /** Whether the model of its protocol judges its answers. */
  readonly isWalk: boolean
}

const open = {
  relay: (services: ScenarioServices) => RelayScenario.open(services),
  mstore: (services: ScenarioServices) => MStoreScenario.open(services),
} as const satisfies Readonly<Record<Protocol, unknown>>

/** What the run has given up so far; of every scenario of this process. */
export const outages = new Outages()

/** All that the steps of one scenario share; made anew for each. */
export class TouchstoneWorld extends World {
  readonly run: Parameters
  readonly recorder = new EvidenceRecorder()
  /** What must not be seen of this scenario, on the screen or in a file. */
  readonly secrets: Secrets
  readonly permit: Permit
  #session: RelayScenario | MStoreScenario | null = null
  #walk: WalkScenario | null = null
  #check: Check | null = null

  constructor(options: IWorldOptions) {
    super(options)
    this.run = parseParameters(options.parameters)
    this.permit = new Permit(this.run.budget)
    this.secrets = secretsOf(Object.values(this.run.targets))
  }

  /** The scenario's dealings with the server, whichever protocol it is of. */
  get session(): ProtocolScenario {
    if (this.#session === null) throw new Error('the scenario was not begun')
    return this.#session
  }

  /** The walk that the scenario is. */
  get walk(): WalkScenario {
    if (this.#walk === null) throw new Error('a step of a walk: the scenario needs the tag @walk')
    return this.#walk
  }

  /** What makes the requests that a party tries. */
  get attempts(): Pick<ProtocolScenario, 'attempt'> {
    return this.#walk ?? this.session
  }

  /** The scenario's dealings with the relay. */
  get relay(): RelayScenario {
    if (this.session instanceof RelayScenario) return this.session
    throw new Error('a step of the relay: the first tag of the scenario names another protocol')
  }

  /** The scenario's dealings with the mStore. */
  get mstore(): MStoreScenario {
    if (this.session instanceof MStoreScenario) return this.session
    throw new Error('a step of the mStore: the first tag of the scenario names another protocol')
  }

  /** Sets the scenario up. No request is made yet. */
  begin({ protocol, requirement, key, isWalk }: ScenarioIdentity): void {
    const check = new Check(this.recorder, requirement, (text) => this.secrets.redact(text))
    this.#check = check
    const random = seededRandomness(`${this.run.seed}:${key}`)
    const { recorder, secrets, permit, run } = this
    const ledger = run.ledger === null ? undefined : new Ledger(run.ledger)
    const services = { check, random, recorder, secrets, permit, ledger, targets: run.targets, outages }
    if (isWalk) this.#walk = openerOf(protocol, (open) => walkScenario(open(services), check))
    else this.#session = open[protocol](services)
  }

  /** A step begins: of a Given, `preparing`, or of a When or Then. */
  beginStep(preparing: boolean): void {
    this.recorder.begin()
    this.#session?.beginStep(preparing)
  }

  /** Puts back what the scenario has changed, whatever came of it, and notes what could not be put back. */
  async putBack(): Promise<void> {
    this.permit.lift()
    const session: ProtocolScenario | null = this.#session
    const left = (await (this.#walk ?? session)?.putBack?.()) ?? []
    for (const line of left) this.#check?.note(`not as before: ${line}`)
    this.attachEvidence()
  }

  /** Leaves in the message stream what the step did and saw. */
  attachEvidence(): void {
    const evidence = this.recorder.end()
    if (evidence !== null) this.attach(JSON.stringify(evidence), EVIDENCE_MEDIA_TYPE)
  }
}

setWorldConstructor(TouchstoneWorld)
