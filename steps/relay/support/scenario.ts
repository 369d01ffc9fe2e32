import { expectedStatuses, toleratedBeside } from '#driver/relay/expectations.ts'
import { RELAY_BODIES, checkBody } from '#protocol/contracts.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { targetOf } from '../../shared/support/parameters.ts'
import { UndoRegister } from '../../shared/support/undo-register.ts'
import type { ScenarioServices } from '../../shared/support/scenario-services.ts'
import type { Deviation, ProtocolScenario, TableRow } from '../../shared/support/session.ts'
import type { ExpectedStatus } from '../../shared/support/status.ts'
import { ANSWER_NOTES } from './answer-notes.ts'
import { ANSWER_PARTS } from './answer-parts.ts'
import { assertArtifactRows } from './artifacts.ts'
import { assertPlacesDiffer, assertStored } from './blobs.ts'
import { assertListed } from './contact-checks.ts'
import { assertContacts, assertNoContacts } from './contact-lists.ts'
import { createNode } from './create-node.ts'
import { deviated } from './deviations.ts'
import { assertDifferentIvs } from './frames.ts'
import { jsonOf } from './json-members.ts'
import { assertUnreadable, secretOf } from './notifications.ts'
import { perform, type OperationRequest } from './operation.ts'
import { operationNamed } from './operations.ts'
import { ordinaryOperation } from './ordinary.ts'
import { assertDifferent } from './prekey-answers.ts'
import { assertStillHandedOut } from './prekey-hand-outs.ts'
import { assertRefusedAlone } from './refused-alone.ts'
import { OK, REFUSAL, RelaySession, isOk } from './session.ts'
import { assertFields } from './signal-layout.ts'

/** A scenario of the relay, as the phrases of both protocols see it. */
export class RelayScenario extends RelaySession implements ProtocolScenario {
  readonly success: ExpectedStatus = { text: OK.join(' or '), allows: (status) => OK.includes(status) }
  readonly refusal: ExpectedStatus = REFUSAL
  readonly notable: ExpectedStatus = { text: 'a status below 500', allows: (status) => status < 500 }

  /** A scenario with the relay of the run, and with its peer once a step needs it. */
  static open({ check, random, targets, outages, ledger, ...keeping }: ScenarioServices): RelayScenario {
    const home = createNode(targetOf(targets, 'relay'), keeping)
    const peer = () => createNode(home.capabilities.federation().peer, keeping)
    const undo = new UndoRegister(ledger ?? null)
    return new RelayScenario({ check, random, outages, undo, home, peer })
  }

  putBack(): Promise<readonly string[]> {
    return this.undo.undoAll()
  }

  labelled(status: number | 'refused', label: string): ExpectedStatus {
    const { dialect } = this.target
    if (status === 'refused') return this.#refusedOr(toleratedBeside(dialect, label), label)
    const statuses = expectedStatuses(dialect, status, label)
    const text = `${statuses.join(' or ')} (${label})`
    return { text, allows: (got) => statuses.includes(got), several: statuses.length > 1 }
  }

  #refusedOr(statuses: readonly number[], label: string): ExpectedStatus {
    const { text, allows } = this.refusal
    return {
      text: `${[text, ...statuses].join(' or ')} (${label})`,
      allows: (got) => allows(got) || statuses.includes(got),
      several: statuses.length > 0,
    }
  }

  misfits(schema: string): readonly string[] {
    const body = RELAY_BODIES.find((known) => known === schema)
    if (body === undefined) throw new Error(`schema: expected ${RELAY_BODIES.join(', ')}; got "${schema}"`)
    const value = jsonOf(this.turn.observed.answer)
    return value === undefined ? ['no JSON'] : checkBody(body, value)
  }

  async assertOrdinary(): Promise<void> {
    const { latest } = this
    if (latest === null || isOk(latest.observed)) return
    const ordinary = ordinaryOperation(latest, this.check.requirement)
    if (ordinary === null) return
    const { name, relay } = ordinary
    const other = new RelayScenario(this.setup)
    other.beginStep(true)
    await other.prepare('Alice', name)
    await other.attempt('Alice', name, relay === undefined ? [] : [{ part: 'relay', value: relay }])
  }

  async prepare(party: string, operation: string): Promise<void> {
    await operationNamed(operation).prepare?.(this, this.party(party))
  }

  async mustSucceed(name: string, operation: string): Promise<void> {
    await this.assertPossible(name, operation, true)
  }

  /** Asserts that an operation succeeds, or that the server refuses it. */
  async assertPossible(name: string, operation: string, isPossible: boolean): Promise<void> {
    const { control, make } = operationNamed(operation)
    const party = this.party(name)
    if (control !== undefined) await control(this, party, isPossible)
    else if (isPossible) await this.succeed((await make(this, party)).request)
    else throw new Error(`"${operation}": no step knows how it is refused`)
  }

  async attempt(name: string, operation: string, deviations: readonly Deviation[] = []): Promise<void> {
    const made = await this.request(name, operation, deviations)
    const observed = await perform(this, made)
    if (deviations.some(({ part }) => part === 'Authorization'))
      await assertRefusedAlone(this, made.request, observed)
  }

  /** Makes the request so many times; each must be granted. */
  async attemptTimes(name: string, operation: string, count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) {
      const request = await this.request(name, operation)
      this.mustHaveSucceeded(request.request, await perform(this, request))
    }
  }

  /** The request of an operation with those deviations. */
  async request(
    name: string,
    operation: string,
    deviations: readonly Deviation[] = [],
  ): Promise<OperationRequest> {
    const party = this.party(name)
    const relay = deviations.find(({ part }) => part === 'relay')?.value ?? undefined
    const made = await operationNamed(operation).make(this, party, relay)
    return { ...made, request: deviated({ session: this, party }, made.request, deviations) }
  }

  async assertArtifact(artifact: string, rows: readonly TableRow[]): Promise<void> {
    await assertArtifactRows(this, artifact, rows)
  }

  async assertHidden(artifact: string, secret: string): Promise<void> {
    const name = /^the notification to (\w+)$/.exec(artifact)?.[1]
    if (name === undefined) throw new Error(`artifact: expected a notification; got "${artifact}"`)
    await assertUnreadable(this, name, secretOf(this, name, secret))
  }

  assertAbsent(part: string): void {
    namedEntry('part of the answer', { contacts: assertNoContacts }, part)(this)
  }

  async notePart(part: string): Promise<void> {
    await namedEntry('part of the answer', ANSWER_NOTES, part)(this)
  }

  assertEach(thing: string): void {
    namedEntry('part of the answer', ANSWER_PARTS, thing)(this)
  }

  async assertList(list: string, rows: readonly (readonly string[])[]): Promise<void> {
    const name = /^fields of the signal to (\w+)$/.exec(list)?.[1]
    if (name === undefined) assertContacts(this, rows)
    else
      await assertFields(
        this,
        name,
        rows.slice(1).map(([number = '', type = '', member = '']) => [number, type, member]),
      )
  }

  async assertDistinct(things: string, word: string): Promise<void> {
    const [, kind = '', name = ''] = /^the (frames to|prekeys of|attachments)(?: (\w+))?$/.exec(things) ?? []
    await namedEntry<() => Promise<void> | void>(
      'things',
      {
        'frames to': () => assertDifferentIvs(this, this.party(name)),
        'prekeys of': () => assertDifferent(this, this.party(name)),
        attachments: () => {
          assertPlacesDiffer(this, word)
        },
      },
      kind,
    )()
  }

  async assertUnchanged(name: string, part: string): Promise<void> {
    if (!/^(?:second device's )?prekeys$/.test(part)) throw new Error(`part: expected prekeys; got "${part}"`)
    const device = part === 'prekeys' ? 1 : 2
    await assertStillHandedOut(this, { party: this.party(name), device })
  }

  async assertDownloadable(name: string): Promise<void> {
    await assertStored(this, this.party(name))
  }

  async assertFound(from: string, contact: string, listed: boolean): Promise<void> {
    await assertListed(this, { from, contact, listed })
  }
}
