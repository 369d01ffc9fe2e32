import { World, setWorldConstructor } from '@cucumber/cucumber'
import type { IWorldOptions } from '@cucumber/cucumber'
import { Secrets } from '#driver/secrets.ts'
import { EVIDENCE_MEDIA_TYPE } from '#evidence/step-evidence.ts'
import { Check } from './check.ts'
import { EvidenceRecorder } from './evidence-recorder.ts'
import { parseParameters } from './parameters.ts'
import type { Parameters } from './parameters.ts'
import { seededRandomness } from './randomness.ts'
import { createNode } from './relay/create-node.ts'
import { RelaySession } from './relay/session.ts'

/** What a scenario is, before its first step. */
export interface Scenario {
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

  constructor(options: IWorldOptions) {
    super(options)
    this.run = parseParameters(options.parameters)
  }

  /** The scenario's dealings with the relay. */
  get relay(): RelaySession {
    if (this.#relay === null) throw new Error('the scenario has not begun: it needs a requirement tag')
    return this.#relay
  }

  /** Sets the scenario up. No request is made yet. */
  begin({ requirement, key }: Scenario): void {
    const { relay: target, seed } = this.run
    const keeping = { recorder: this.recorder, secrets: this.secrets }
    const home = createNode(target, keeping)
    this.#relay = new RelaySession({
      check: new Check(this.recorder, requirement, (text) => this.secrets.redact(text)),
      random: seededRandomness(`${seed}:${key}`),
      home,
      peer: () => createNode(home.capabilities.federation().peer, keeping),
    })
  }

  /** Leaves in the message stream what the step did and saw. */
  attachEvidence(): void {
    const evidence = this.recorder.end()
    if (evidence !== null) this.attach(JSON.stringify(evidence), EVIDENCE_MEDIA_TYPE)
  }
}

setWorldConstructor(TouchstoneWorld)
