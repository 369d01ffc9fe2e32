import { Coverage } from '#explore/coverage.ts'
import { PARTY_NAMES } from '#explore/party-names.ts'
import { cellValue } from '#explore/walk-feature.ts'
import { Walk } from '#explore/walk.ts'
import type { Ask, Step, Values } from '#model/ask.ts'
import type { Seen, Violated } from '#model/protocol-model.ts'
import type { Check } from './check.ts'
import type { OpenWalk } from './open-walk.ts'
import type { Deviation } from './session.ts'

/** A step that was made, and what came of it. */
interface MadeStep<Answer extends Seen> {
  readonly step: Step
  readonly answers: readonly (Answer | Violated)[]
}

/** A scenario whose steps are asks of a walk, and whose answers the model of the protocol judges. */
export interface WalkScenario {
  /** Makes an ask; its deviations are the values of it. */
  attempt(party: string, operation: string, deviations?: readonly Deviation[]): Promise<void>
  /** Makes the asks of a table at once: the first column is the party, the second the operation, the others are values. */
  attemptAtOnce(table: readonly (readonly string[])[]): Promise<void>
  /** Asserts of each answer so far, and of reads of all that should be so now, that the specification allows it. */
  assertAllowed(): Promise<void>
  /** Puts back what the scenario has changed; a line for each that it could not. */
  putBack(): Promise<readonly string[]>
}

/** A scenario that walks that server; a violation is asserted by `check`. */
export function walkScenario<State, Answer extends Seen>(
  { model, server }: OpenWalk<State, Answer>,
  check: Check,
): WalkScenario {
  const walk = new Walk({ model, server, parties: PARTY_NAMES, coverage: new Coverage() })
  const made: MadeStep<Answer>[] = []
  const make = async (step: Step): Promise<void> => {
    made.push({ step, answers: await walk.perform(step) })
  }
  return {
    attempt: (party, operation, deviations = []) =>
      make([
        {
          party,
          operation,
          values: Object.fromEntries(deviations.map(({ part, value }) => [part, value ?? 'none'])),
        },
      ]),
    attemptAtOnce: ([[, , ...names] = [], ...rows]) => make(rows.map((row) => askOf(names, row))),
    assertAllowed: async () => {
      for (const { step, answers } of made) assertKept(check, walk.judge(step, answers))
      assertKept(check, await walk.audit())
      // That of the scenario is one that such a sequence violated before.
      for (const requirement of new Set([check.requirement, ...walk.kept]))
        check.that({
          requirement,
          thing: 'answers',
          expected: 'as the specification allows',
          got: 'so',
          holds: true,
        })
    },
    putBack: () => server.putBack(),
  }
}

function askOf(names: readonly string[], [party = '', operation = '', ...cells]: readonly string[]): Ask {
  const given = names.flatMap((name, column) => {
    const value = cellValue(cells[column] ?? '')
    return value === undefined ? [] : [[name, value] as const]
  })
  return { party, operation, values: Object.fromEntries(given) satisfies Values }
}

function assertKept(check: Check, violated: Violated | null): void {
  if (violated === null) return
  const { requirement, thing, expected, got, exchange = null } = violated
  check.fail({ requirement, thing, expected, got, exchange })
}
