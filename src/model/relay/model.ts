import type { ProtocolModel } from '../protocol-model.ts'
import { ALLOCATE, DOWNLOAD, UPLOAD } from './attachments.ts'
import { audit } from './audit.ts'
import { ASK_FOR_A_CODE } from './codes.ts'
import { CONFIRM } from './confirmation.ts'
import { ADD_A_DEVICE } from './devices.ts'
import { QUERY_DIRECTORY } from './directory.ts'
import type { RelayKnown } from './known.ts'
import { SEND_MESSAGES } from './messages.ts'
import { modelOperation } from './operation.ts'
import { STORE_PREKEYS } from './prekey-upload.ts'
import { FETCH_PREKEYS } from './prekeys.ts'
import { CLEAR_PUSH_ID, SET_PUSH_ID } from './push-ids.ts'
import { RECEIVE } from './pushes.ts'
import { REGISTER } from './registration.ts'
import type { RelaySeen } from './seen.ts'
import type { Account, RelayState } from './state.ts'

/** The relay as its specification describes it. */
export function relayModel(known: RelayKnown): ProtocolModel<RelayState, RelaySeen> {
  const plain = [
    REGISTER,
    ASK_FOR_A_CODE,
    CONFIRM,
    SET_PUSH_ID,
    CLEAR_PUSH_ID,
    STORE_PREKEYS,
    FETCH_PREKEYS,
    QUERY_DIRECTORY,
    SEND_MESSAGES,
    ALLOCATE,
    UPLOAD,
    DOWNLOAD,
  ]
  return {
    protocol: 'relay',
    operations: [...plain.map(modelOperation), ADD_A_DEVICE, RECEIVE],
    groundwork: [REGISTER, ADD_A_DEVICE, SET_PUSH_ID, STORE_PREKEYS].map(({ name }) => name),
    begin: (parties) => ({
      known,
      accounts: Object.fromEntries(parties.map((name) => [name, newcomer(name)])),
      attachments: {},
      once: [],
    }),
    audit,
  }
}

/** A party whose number is unused so far. */
function newcomer(name: string): Account {
  return {
    name,
    node: 'target',
    code: 'none',
    used: {},
    supportsSms: false,
    devices: [],
    former: [],
    kept: {},
    expected: [],
  }
}
