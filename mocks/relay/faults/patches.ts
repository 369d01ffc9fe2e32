import type { Reply } from '#mocks/engine/reply.ts'

/** The answer with that status instead and nothing in it, as of a server that did not get so far. */
export function bare(reply: Reply, status: number): Reply {
  return { ...reply, status, headers: [], body: new Uint8Array() }
}
