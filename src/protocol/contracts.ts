import { bodyChecker } from './schema-check.ts'

/** The bodies of the relay spec, by the names of their schemas in `schemas/relay/`. */
export const RELAY_BODIES = [
  'confirmation',
  'apn-registration',
  'gcm-registration',
  'prekey-upload',
  'prekey-answer',
  'directory-query',
  'directory-answer',
  'message-list',
  'mismatched-devices',
  'stale-devices',
  'attachment-allocation',
  'attachment-retrieval',
] as const

/** The name of a body of the relay, and of its schema. */
export type RelayBody = (typeof RELAY_BODIES)[number]

/**
 * How a body, as JSON.parse has it, misses its schema in the documented dialect: one line for each deviation,
 * with its JSON pointer, what was expected and what came; empty when it fits. Unknown members never count
 * (RELAY-ENCODING-05). A secret is described by its length.
 */
export const checkBody = bodyChecker<RelayBody>('schemas/relay')
