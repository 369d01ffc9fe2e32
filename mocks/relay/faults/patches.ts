import type { Outcome } from '../outcomes.ts'
import type { RulebookPatch } from '../rulebook.ts'
import type { Reply } from '#mocks/rules/reply.ts'

/** The answer with that status instead and nothing in it, as of a server that did not get so far. */
export function bare(reply: Reply, status: number): Reply {
  return { ...reply, status, headers: [], body: new Uint8Array() }
}

/** Where `holds`, the answer of an operation has another status and no body. */
export function answering(
  status: number,
  operation: Outcome['operation'],
  holds: (outcome: Outcome) => boolean,
): RulebookPatch {
  return {
    wire: {
      transform: (reply, outcome) =>
        outcome.operation === operation && holds(outcome) ? bare(reply, status) : reply,
    },
  }
}
