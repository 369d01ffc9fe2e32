import type { Protocol } from '#protocol/requirements.ts'

/** Areas whose faults are proved together, in one process; each list takes about as long as the others. */
export interface ProvedAreas {
  readonly protocol: Protocol
  readonly areas: readonly string[]
}

export const ACCOUNT_AREAS: ProvedAreas = {
  protocol: 'relay',
  areas: ['RELAY-CODE', 'RELAY-VERIFY', 'RELAY-PUSHID', 'RELAY-AUTH', 'RELAY-KEYS', 'RELAY-PREKEY'],
}

export const MESSAGE_AREAS: ProvedAreas = {
  protocol: 'relay',
  areas: ['RELAY-MESSAGE', 'RELAY-PUSH', 'RELAY-DIRECTORY', 'RELAY-ATTACHMENT', 'RELAY-ENCODING'],
}

export const CALL_AREAS: ProvedAreas = {
  protocol: 'mstore',
  areas: [
    'MSTORE-TRANSPORT',
    'MSTORE-AUTH',
    'MSTORE-GBA',
    'MSTORE-PROFILE',
    'MSTORE-PIN',
    'MSTORE-ERROR',
    'MSTORE-URL',
  ],
}

export const MAILBOX_AREAS: ProvedAreas = {
  protocol: 'mstore',
  areas: [
    'MSTORE-FOLDER',
    'MSTORE-OBJECT',
    'MSTORE-FLAG',
    'MSTORE-SEARCH',
    'MSTORE-BULKUPDATE',
    'MSTORE-BULKDELETE',
    'MSTORE-PAYLOAD',
    'MSTORE-UPLOAD',
  ],
}
