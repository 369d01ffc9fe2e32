import { expectedOutcome } from '#driver/mstore/expectations.ts'
import { jsonOf } from '#driver/mstore/answers.ts'
import { MSTORE_BODIES, checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { targetOf } from '../../shared/support/parameters.ts'
import { UndoRegister } from '../../shared/support/undo-register.ts'
import type { ScenarioServices } from '../../shared/support/scenario-services.ts'
import type { Deviation, ProtocolScenario, TableRow } from '../../shared/support/session.ts'
import type { ExpectedStatus } from '../../shared/support/status.ts'
import { assertAbsent } from './absent.ts'
import { ACTIONS } from './actions.ts'
import { assertArtifact } from './artifacts.ts'
import { actionAtOnce } from './at-once.ts'
import { assertList, notePart } from './bulk-artifacts.ts'
import { createMStoreNode } from './create-node.ts'
import { makeAttempt } from './deviations.ts'
import { assertDistinct } from './distinct.ts'
import { assertEach } from './each.ts'
import { assertAudio, assertFound } from './finding.ts'
import { beforeWriting } from './kept-mailboxes.ts'
import { mailboxPart } from './mailbox-parts.ts'
import { referenceOf } from './object-references.ts'
import { isSuccess } from './observed.ts'
import { operationNamed } from './operations.ts'
import { ordinaryOperations, sharedByAll } from './ordinary.ts'
import { assertOrdinaryEffects } from './ordinary-effects.ts'
import { assertKeyCounts, assertProfileServed, hadWrongDigestAccepted } from './ordinary-credentials.ts'
import { assertHidden } from './profile-attributes.ts'
import { MStoreSession } from './session.ts'
import { assertUnchanged } from './unchanged.ts'

/** A scenario of the mStore, as the phrases of both protocols see it. */
export class MStoreScenario extends MStoreSession implements ProtocolScenario {
  readonly assertArtifact = (artifact: string, rows: readonly TableRow[]) =>
    assertArtifact(this, artifact, rows)
  readonly assertHidden = (artifact: string, secret: string) => assertHidden(this, artifact, secret)
  readonly assertAbsent = (part: string) => {
    assertAbsent(this, part)
  }
  readonly notePart = (part: string) => {
    notePart(this, part)
  }
  readonly assertEach = (thing: string, wanted: string) => assertEach(this, thing, wanted)
  readonly assertList = (list: string, rows: readonly (readonly string[])[]) => {
    assertList(this, list, rows)
  }
  readonly assertDistinct = (things: string, word: string) => assertDistinct(this, things, word)

  /** A scenario with the mStore of the run. */
  static open({ check, targets, outages, ledger, ...means }: ScenarioServices): MStoreScenario {
    const node = createMStoreNode(targetOf(targets, 'mstore'), means)
    const undo = new UndoRegister(ledger ?? null)
    return new MStoreScenario({ check, random: means.random, outages, undo, node, beforeWriting })
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

  async assertOrdinary(): Promise<void> {
    const { latest } = this
    if (latest === null) return
    const kinds = [...this.granted]
    const party = 'an ordinary subscriber'
    const mailbox = await this.mailbox(party)
    if (hadWrongDigestAccepted(this)) await assertKeyCounts(this, mailbox)
    const { status, call } = latest.observed
    const [first, ...then] = isSuccess(status) ? [] : ordinaryOperations(latest, this.check.requirement)
    const saysNothing = first === undefined && !isSuccess(status) && call?.second != null
    if (this.hadCredentialsRefused || saysNothing)
      await assertProfileServed(this, mailbox, sharedByAll(this.check.requirement))
    this.beginStep(true)
    for (const name of then) mailbox.readyTo.add(name)
    for (const name of first === undefined ? [] : [first, ...then]) await this.mustSucceed(party, name)
    await assertOrdinaryEffects(this, mailbox, kinds)
  }

  putBack(): Promise<readonly string[]> {
    return this.undo.undoAll()
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
    if (this.preparing) await this.act(request, mailbox)
    else await this.succeed(request, mailbox)
  }

  async attempt(party: string, operation: string, deviations: readonly Deviation[] = []): Promise<void> {
    const mailbox = await this.mailbox(party)
    const action = deviations.length === 0 ? (ACTIONS[operation] ?? actionAtOnce(operation)) : undefined
    if (action === undefined) await makeAttempt(this, { mailbox, operation }, deviations)
    else await action(this, mailbox)
  }

  /** Makes the request so many times, whatever comes of it. */
  async attemptTimes(party: string, operation: string, count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) await this.attempt(party, operation)
  }

  async assertUnchanged(party: string, part: string): Promise<void> {
    await assertUnchanged(this, await this.mailbox(party), { part: mailboxPart(part) })
  }

  async assertDownloadable(party: string): Promise<void> {
    await assertAudio(this, await this.mailbox(party), {
      reference: referenceOf('the greeting'),
      isThere: true,
    })
  }

  async assertFound(party: string, findable: string, isThere: boolean): Promise<void> {
    await assertFound(this, await this.mailbox(party), { findable, isThere })
  }
}
