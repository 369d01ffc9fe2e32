import type { Content, Json, Reply } from './reply.ts'

/** How JSON is written. */
export interface JsonRules {
  readonly jsonType: string
  readonly jsonText: (value: Json) => string
}

/** The status and the headers of an answer; the headers come after those of its content. */
export interface ReplyHead {
  readonly status: number
  readonly headers: Reply['headers']
}

/** The statuses of a rulebook, by operation and kind of outcome. */
export type StatusTable = Readonly<Record<string, Readonly<Record<string, number>>>>

/** The status of an outcome. Throws where the table has none. */
export function statusOf(
  { operation, kind }: { readonly operation: string; readonly kind: string },
  table: StatusTable,
): number {
  const status = table[operation]?.[kind]
  if (status === undefined) throw new Error(`outcome ${kind} of ${operation}: expected a status, got none`)
  return status
}

/** The answer that carries this content. */
export function replyOf(content: Content, { status, headers }: ReplyHead, rules: JsonRules): Reply {
  switch (content.kind) {
    case 'none':
      return { kind: 'reply', status, headers, body: NO_BYTES }
    case 'json':
      return {
        kind: 'reply',
        status,
        headers: [['Content-Type', rules.jsonType], ...headers],
        body: Buffer.from(rules.jsonText(content.value)),
      }
    case 'text':
    case 'bytes':
      return {
        kind: 'reply',
        status,
        headers: [['Content-Type', content.type], ...(content.headers ?? []), ...headers],
        body: content.kind === 'text' ? Buffer.from(content.text) : content.bytes,
      }
    default:
      return content satisfies never
  }
}

/** The answer with that status instead and nothing in it, as of a server that did not get so far. */
export function bare(reply: Reply, status: number): Reply {
  return { ...reply, status, headers: [], body: NO_BYTES }
}

/** An answer that is nothing but a status. */
export function emptyReply(status: number): Reply {
  return { kind: 'reply', status, headers: [], body: NO_BYTES }
}

const NO_BYTES = new Uint8Array()
