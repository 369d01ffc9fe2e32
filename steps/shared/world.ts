import { World, setWorldConstructor } from '@cucumber/cucumber'
import type { IWorldOptions } from '@cucumber/cucumber'
import { Secrets } from '#driver/secrets.ts'
import { EVIDENCE_MEDIA_TYPE } from '#evidence/step-evidence.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { Check } from './check.ts'
import { EvidenceRecorder } from './evidence-recorder.ts'
import { createMStoreNode } from '../mstore/support/create-node.ts'
import { MStoreSession } from '../mstore/support/session.ts'
import { parseParameters, targetOf } from './parameters.ts'
import type { Parameters } from './parameters.ts'
import { seededRandomness } from './randomness.ts'
import type { Randomness } from './randomness.ts'
import { createNode } from '../relay/create-node.ts'
import { RelaySession } from '../relay/session.ts'

/** What a scenario is, before its first step. */
export interface Scenario {
  readonly protocol: Protocol
  /** The requirement it is about. */
  readonly requirement: string
  /** Where it stands, and which attempt it is: what is drawn follows from it and the run's seed. */
  readonly key: string
}

/** All that the steps of one scenario share; made anew for each. */
export class TouchstoneWorld extends World {
  readonly run: Parameters
  readonly recorder = new EvidenceRecorder()
  /** What must not be seen of this scenario, on the screen or in a file. */
  readonly secrets = new Secrets()
  #relay: RelaySession | null = null
  #mstore: MStoreSession | null = null

  constructor(options: IWorldOptions) {
    super(options)
    this.run = parseParameters(options.parameters)
  }

  /** The scenario's dealings with the relay. */
  get relay(): RelaySession {
    if (this.#relay === null) throw new Error('the scenario is none of the relay: its first tag tells which')
    return this.#relay
  }

  /** The scenario's dealings with the mStore. */
  get mstore(): MStoreSession {
    if (this.#mstore === null)
      throw new Error('the scenario is none of the mStore: its first tag tells which')
    return this.#mstore
  }

  /** Sets the scenario up. No request is made yet. */
  begin({ protocol, requirement, key }: Scenario): void {
    const check = new Check(this.recorder, requirement, (text) => this.secrets.redact(text))
    const random = seededRandomness(`${this.run.seed}:${key}`)
    switch (protocol) {
      case 'relay':
        this.#relay = this.#relaySession(check, random)
        break
      case 'mstore':
        this.#mstore = this.#mstoreSession(check, random)
        break
      default:
        protocol satisfies never
    }
  }

  /** A step begins: of a Given, `preparing`, or of a When or Then. */
  beginStep(preparing: boolean): void {
    this.recorder.begin()
    this.#relay?.beginStep(preparing)
    this.#mstore?.beginStep(preparing)
  }

  /** Leaves in the message stream what the step did and saw. */
  attachEvidence(): void {
    const evidence = this.recorder.end()
    if (evidence !== null) this.attach(JSON.stringify(evidence), EVIDENCE_MEDIA_TYPE)
  }

  #relaySession(check: Check, random: Randomness): RelaySession {
    const keeping = { recorder: this.recorder, secrets: this.secrets }
    const home = createNode(targetOf(this.run.targets, 'relay'), keeping)
    const peer = () => createNode(home.capabilities.federation().peer, keeping)
    return new RelaySession({ check, random, home, peer })
  }

  #mstoreSession(check: Check, random: Randomness): MStoreSession {
    const setup = { recorder: this.recorder, secrets: this.secrets, random }
    return new MStoreSession({
      check,
      random,
      node: createMStoreNode(targetOf(this.run.targets, 'mstore'), setup),
    })
  }
}

setWorldConstructor(TouchstoneWorld)
