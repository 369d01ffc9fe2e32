/** The kinds of push id. */
export type PushIdKind = 'apn' | 'gcm'

/** Both kinds, the usual one first. */
export const PUSH_KINDS = ['gcm', 'apn'] as const satisfies readonly PushIdKind[]
