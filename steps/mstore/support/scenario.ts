import { expectedOutcome } from '#driver/mstore/expectations.ts'
import { jsonOf } from '#driver/mstore/answers.ts'
import { MSTORE_BODIES, checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { targetOf } from '../../shared/parameters.ts'
import type { ScenarioServices } from '../../shared/scenario-services.ts'
import type { Deviation, ProtocolScenario } from '../../shared/session.ts'
import type { ExpectedStatus } from '../../shared/status.ts'
import { createMStoreNode } from './create-node.ts'
import { isSuccess } from './observed.ts'
import { operationNamed } from './operations.ts'
import { MStoreSession } from './session.ts'
import { makeAttempt } from './deviations.ts'

const GATEWAY_TIMEOUT = 504

/** A scenario of the mStore, as the phrases of both protocols see it. */
export class MStoreScenario extends MStoreSession implements ProtocolScenario {
  readonly refusal: ExpectedStatus = {
    text: 'a status outside 200 to 299',
    allows: (status) => !isSuccess(status),
  }
  readonly notable: ExpectedStatus = {
    text: 'a status below 500, or 504',
    allows: (status) => status < 500 || status === GATEWAY_TIMEOUT,
  }

  /** A scenario with the mStore of the run. */
  static open({ check, random, targets, recorder, secrets }: ScenarioServices): MStoreScenario {
    const node = createMStoreNode(targetOf(targets, 'mstore'), { recorder, secrets, random })
    return new MStoreScenario({ check, random, node })
  }

  labelled(status: number | 'refused', label: string): ExpectedStatus {
    const { text, ...expected } = expectedOutcome(this.target.dialect, status, label)
    return { ...expected, text: `${text} (${label})` }
  }

  misfits(schema: string): readonly string[] {
    const body = MSTORE_BODIES.find((known) => known === schema)
    if (body === undefined) throw new Error(`schema: expected ${MSTORE_BODIES.join(', ')}; got "${schema}"`)
    const { answer, text } = this.turn.observed
    const json = answer === null ? null : jsonOf(answer)
    return json?.kind === 'json' ? checkMstoreBody(body, json.plain) : [json?.reason ?? text]
  }

  async prepare(party: string, operation: string): Promise<void> {
    const mailbox = await this.mailbox(party)
    if (!mailbox.readyTo.has(operation)) await operationNamed(operation).prepare(this, mailbox)
    mailbox.readyTo.add(operation)
  }

  async mustSucceed(party: string, operation: string): Promise<void> {
    await this.prepare(party, operation)
    const mailbox = await this.mailbox(party)
    const request = operationNamed(operation).request(this, mailbox)
    if (this.preparing) await this.act(request, { mailbox })
    else await this.succeed(request, { mailbox })
  }

  async attempt(party: string, operation: string, deviations: readonly Deviation[] = []): Promise<void> {
    await makeAttempt(this, { mailbox: await this.mailbox(party), operation }, deviations)
  }
}
