import { bodyChecker } from '../schema-check.ts'

/** The bodies of the mStore spec, by the names of their schemas in `schemas/mstore/`. */
export const MSTORE_BODIES = [
  'error',
  'profile',
  'profile-update',
  'pin-change',
  'folder',
  'object',
  'search',
  'search-answer',
  'bulk-update',
  'bulk-delete',
  'bulk-answer',
  'network-response',
  'upload-root',
] as const

/** The name of a body of mStore, and of its schema. */
export type MstoreBody = (typeof MSTORE_BODIES)[number]

/**
 * How a body, as JSON.parse has it, misses its schema in the documented dialect: one line for each deviation,
 * with its JSON pointer, what was expected and what came; empty when it fits. Unknown members never count,
 * except beside the `error` of the one error. A PIN is described by its length.
 */
export const checkMstoreBody = bodyChecker<MstoreBody>('schemas/mstore', {
  definitions: 'definitions.json',
})
