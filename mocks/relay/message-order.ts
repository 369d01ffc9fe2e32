import type { MessageStep } from './messages.ts'

/** The steps of a message, the registrations of its devices compared before the list of them (E-29). */
export const STALE_DEVICES_FIRST: readonly MessageStep[] = [
  'authenticate',
  'body',
  'content',
  'limit',
  'relay',
  'destination',
  'registrations',
  'devices',
  'deliver',
]
