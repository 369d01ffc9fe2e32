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

/** The steps of `order`, with messages handed on before that step. */
export function handingOnBefore(step: MessageStep, order: readonly MessageStep[]): readonly MessageStep[] {
  return order
    .filter((each) => each !== 'deliver')
    .flatMap((each) => (each === step ? (['deliver', each] as const) : [each]))
}
