import { encodeBase64 } from '#protocol/base64.ts'
import { authorizationOf, jsonBody, type Trial } from './relay-trial.ts'
import type { RelayEvent } from '#mocks/relay/operations.ts'
import type { RelayDecision } from '#mocks/relay/decisions.ts'

/** The id of every last resort key. */
export const LAST = 0xffffff

/** A public key as text: 33 bytes, of which the first is 5; the last four are its name. */
export function keyText(name: number): string {
  const bytes = new Uint8Array(33)
  bytes[0] = 5
  new DataView(bytes.buffer).setUint32(29, name)
  return encodeBase64(bytes, { padded: false })
}

/** A key as it is uploaded; whose keys have another `identity` are another client's. */
export function key(keyId: number, identity = 1) {
  return {
    keyId,
    publicKey: keyText(identity * 0x1000000 + keyId),
    identityKey: keyText(identity * 0x1000000 - 1),
  }
}

/** An upload of one-time keys with these ids, and a last resort key. */
export function upload(ids: readonly number[], identity = 1) {
  return { lastResortKey: key(LAST, identity), keys: ids.map((id) => key(id, identity)) }
}

/** Uploads keys as a number's first device, or as `NUMBER.2`, and returns the kind of the outcome. */
export function putKeys(trial: Trial, username: string, body: unknown) {
  const authorization = username.endsWith('.2')
    ? authorizationOf(username, 'second')
    : authorizationOf(username)
  return trial.kind({ kind: 'upload-prekeys', target: '', authorization, body: jsonBody(body) })
}

/** Asks for the keys of a device, `1` by default. */
export function fetchKeys(
  trial: Trial,
  { from, to }: { readonly from: string; readonly to: string },
  over: Partial<Extract<RelayEvent, { kind: 'fetch-prekeys' }>> = {},
): RelayDecision['outcome'] {
  return trial.decide({
    kind: 'fetch-prekeys',
    target: '',
    authorization: authorizationOf(from),
    number: to,
    device: '1',
    relay: null,
    ...over,
  }).outcome
}

/** The JSON of an answer; null where it has none. */
export function jsonOf({ content }: RelayDecision['outcome']): unknown {
  return content.kind === 'json' ? content.value : null
}

/** The ids of the devices and keys in an answer, as `device:key`. */
export function handedOut(outcome: RelayDecision['outcome']): readonly string[] {
  const { keys = [] } = (jsonOf(outcome) ?? {}) as {
    readonly keys?: readonly { readonly deviceId: number; readonly keyId: number }[]
  }
  return keys.map(({ deviceId, keyId }) => `${deviceId}:${keyId}`)
}
