import { expectedRefusals, expectedStatuses } from '#driver/relay/expectations.ts'
import { RELAY_BODIES, checkBody } from '#protocol/contracts.ts'
import { targetOf } from '../../shared/parameters.ts'
import type { ScenarioServices } from '../../shared/scenario-services.ts'
import type { Deviation, ProtocolScenario } from '../../shared/session.ts'
import type { ExpectedStatus } from '../../shared/status.ts'
import { createNode } from './create-node.ts'
import { jsonOf } from './json-members.ts'
import { deviating } from './deviations.ts'
import { operationNamed } from './operations.ts'
import { OK, RelaySession } from './session.ts'

const isClientError = (status: number) => status >= 400 && status <= 499

const unknown =
  (what: string) =>
  (name: string): never => {
    throw new Error(`${what}: the relay has no "${name}"`)
  }

/** A scenario of the relay, as the phrases of both protocols see it. */
export class RelayScenario extends RelaySession implements ProtocolScenario {
  readonly success: ExpectedStatus = { text: OK.join(' or '), allows: (status) => OK.includes(status) }
  readonly refusal: ExpectedStatus = { text: 'a status from 400 to 499', allows: isClientError }
  readonly notable: ExpectedStatus = { text: 'a status below 500', allows: (status) => status < 500 }

  readonly assertArtifact = unknown('artifact')
  readonly assertHidden = unknown('artifact')
  readonly assertAbsent = unknown('part of the answer')
  readonly notePart = unknown('part of the answer')
  readonly assertEach = unknown('thing in the answer')
  readonly assertList = unknown('list')
  readonly assertDistinct = unknown('things')
  readonly assertUnchanged = unknown('party')
  readonly assertDownloadable = unknown('upload of')
  readonly assertFound = unknown('party')

  /** A scenario with the relay of the run, and with its peer once a step needs it. */
  static open({ check, random, targets, ...keeping }: ScenarioServices): RelayScenario {
    const home = createNode(targetOf(targets, 'relay'), keeping)
    const peer = () => createNode(home.capabilities.federation().peer, keeping)
    return new RelayScenario({ check, random, home, peer })
  }

  labelled(status: number | 'refused', label: string): ExpectedStatus {
    const { dialect } = this.target
    const statuses =
      status === 'refused' ? expectedRefusals(dialect, label) : expectedStatuses(dialect, status, label)
    if (statuses === null) return { ...this.refusal, text: `${this.refusal.text} (${label})` }
    const text = `${statuses.join(' or ')} (${label})`
    const several = status !== 'refused' && statuses.length > 1
    return { text, allows: (got) => statuses.includes(got), several }
  }

  misfits(schema: string): readonly string[] {
    const body = RELAY_BODIES.find((known) => known === schema)
    if (body === undefined) throw new Error(`schema: expected ${RELAY_BODIES.join(', ')}; got "${schema}"`)
    const value = jsonOf(this.turn.observed.answer)
    return value === undefined ? ['no JSON'] : checkBody(body, value)
  }

  async prepare(party: string, operation: string): Promise<void> {
    await operationNamed(operation).prepare(this, this.party(party))
  }

  async mustSucceed(party: string, operation: string): Promise<void> {
    await this.succeed(operationNamed(operation).request(this, this.party(party)))
  }

  async attempt(name: string, operation: string, deviations: readonly Deviation[] = []): Promise<void> {
    const party = this.party(name)
    const request = operationNamed(operation).request(this, party)
    await this.act(
      deviations.reduce((made, each) => deviating({ session: this, party }, made, each), request),
    )
  }
}
