import { utf8, concat } from '#protocol/bytes.ts'
import type { Reply, WireAnswer } from '#mocks/engine/reply.ts'
import type { MStoreOperation } from './operations.ts'
import type { CommonRefusal } from './refusals.ts'
import { documented, type MStorePatch } from './rulebook.ts'

/** That status for one of the common kinds, whatever was asked for. */
export function everywhere(kind: CommonRefusal, status: number): MStorePatch {
  const operations = Object.keys(documented.status) as (MStoreOperation | 'none')[]
  const statuses = operations.map((operation) => [operation, { [kind]: status }] as const)
  return { status: Object.fromEntries(statuses) }
}

/** The answer with that status instead and nothing in it, as of a server that did not get so far. */
export function bare(reply: Reply, status: number): Reply {
  return { ...reply, status, headers: [], body: new Uint8Array() }
}

/** How an answer is written by hand. */
export interface HandWritten {
  readonly version?: string
  /** The text of the status line. */
  readonly phrase?: string
  /** Header lines besides those of the answer; without any, the length of the body is given. */
  readonly lines?: readonly string[]
  readonly body?: Uint8Array
  readonly staysOpen?: boolean
  /** In how many pieces it is sent. */
  readonly segments?: number
  /** What stands before it: the heads of interim answers. */
  readonly before?: string
}

/** The bytes of an answer that no edge would write. */
export function handWritten(reply: Reply, how: HandWritten = {}): WireAnswer {
  const { version = 'HTTP/1.0', phrase = 'Answer', body = reply.body } = how
  const { lines = [`Content-Length: ${body.length}`], staysOpen = false, segments = 1, before = '' } = how
  const fields = reply.headers.map(([name, value]) => `${name}: ${value}`)
  const head = [`${before}${version} ${reply.status} ${phrase}`, ...fields, ...lines, '', ''].join('\r\n')
  return { kind: 'raw', bytes: concat(utf8(head), body), staysOpen, segments }
}
