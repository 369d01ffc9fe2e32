import type { MStoreTarget } from '../target.ts'
import { type Gba, type GbaOptions, createGba } from './gba.ts'
import { type Subscribers, createSubscribers } from './subscribers.ts'
import { type Voicemails, createVoicemails } from './voicemails.ts'

/** All that the suite can do with an mStore besides speaking the protocol. */
export interface MStoreCapabilities {
  readonly subscribers: Subscribers
  readonly gba: Gba
  readonly voicemails: Voicemails
}

/**
 * The capabilities that the target file offers. No request is made yet; what is not offered throws
 * MissingCapability when it is used. A control plane URL that is none is a UsageError at once.
 */
export function createMStoreCapabilities(target: MStoreTarget, gba: GbaOptions): MStoreCapabilities {
  return {
    subscribers: createSubscribers(target),
    gba: createGba(target, gba),
    voicemails: createVoicemails(target, (text) => gba.secrets.redact(text)),
  }
}
