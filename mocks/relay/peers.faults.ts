import { utf8 } from '#protocol/bytes.ts'
import { parsePlainJson } from '#protocol/json.ts'
import type { Patch } from '#mocks/engine/patch.ts'
import type { Content } from '#mocks/engine/reply.ts'
import { isObject } from './bodies.ts'
import type { FederationRules } from './federation.ts'
import type { PeerRequest } from './peer-requests.ts'
import { documented } from './rulebook.ts'

const { federation } = documented

/** A number of this node is looked up here, whatever relay the request names. */
export function preferringItsOwn(): Patch<FederationRules> {
  return {
    route: (relay, scene, number) =>
      scene.state.accounts.has(number) ? { kind: 'here' } : federation.route(relay, scene, number),
  }
}

/** Of the keys that a peer answered the first. */
export function firstEntry(content: Content): Content {
  if (content.kind !== 'bytes') return content
  return { ...content, bytes: withFirstOf('keys', content.bytes) }
}

/** Of the messages that go to a peer the first. */
export function firstMessage(asked: PeerRequest): PeerRequest {
  if (asked.kind !== 'submit-messages' || asked.body.bytes === 'too-long') return asked
  return { ...asked, body: { ...asked.body, bytes: withFirstOf('messages', asked.body.bytes) } }
}

/** A JSON object with the first item alone in one of its lists. */
function withFirstOf(list: string, bytes: Uint8Array): Uint8Array {
  const read = parsePlainJson(bytes)
  if (read.kind !== 'json' || !isObject(read.plain)) return bytes
  const items = read.plain[list]
  return Array.isArray(items) ? utf8(JSON.stringify({ ...read.plain, [list]: items.slice(0, 1) })) : bytes
}
