import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import { alsoChanging } from './also-changing.ts'
import { isObject } from './bodies.ts'
import { decidePrekeyUpload } from './prekey-upload.ts'
import type { RawBody } from './requests.ts'
import { documented } from './rulebook.ts'
import { fault, walkFault, type RelayFault } from './fault.ts'

/** Faults by which a request is refused for one of its parts once those before it are done. */
export const HALF_DONE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-KEYS-18/stores-what-comes-before-a-bad-key',
    'an upload with a one-time key that lacks a member is refused, and the keys before that are stored',
    alsoChanging('upload-prekeys', ['incomplete-body'], ({ event, scene }) => {
      const bytes = beforeBad(event.body.bytes)
      if (bytes === null) return []
      const whole = { ...event, body: { ...event.body, bytes } }
      return decidePrekeyUpload(whole, { ...scene, rulebook: documented }).changes
    }),
  ),
  fault(
    'RELAY-VERIFY-09/registers-over-the-limit',
    'the right code over the limit answers 413, and the number is registered',
    {
      confirmation: { order: ['credentials', 'body', 'code', 'listing', 'store', 'use-code', 'limit'] },
    },
  ),
]

/** The upload with those one-time keys alone that come before the first without an identity key; null where there are none. */
function beforeBad(bytes: RawBody['bytes']): Uint8Array | null {
  if (bytes === 'too-long') return null
  const body: unknown = JSON.parse(fromUtf8(bytes) ?? 'null')
  if (!isObject(body) || !Array.isArray(body['keys'])) return null
  const keys: readonly unknown[] = body['keys']
  const bad = keys.findIndex((key) => isObject(key) && key['identityKey'] === undefined)
  return bad > 0 ? utf8(JSON.stringify({ ...body, keys: keys.slice(0, bad) })) : null
}
