/** The areas whose faults are proved together; each list takes about as long as the other. */
export const ACCOUNT_AREAS = [
  'RELAY-CODE',
  'RELAY-VERIFY',
  'RELAY-PUSHID',
  'RELAY-AUTH',
  'RELAY-KEYS',
  'RELAY-PREKEY',
] as const

/** The others. */
export const MESSAGE_AREAS = [
  'RELAY-MESSAGE',
  'RELAY-PUSH',
  'RELAY-DIRECTORY',
  'RELAY-ATTACHMENT',
  'RELAY-ENCODING',
] as const
