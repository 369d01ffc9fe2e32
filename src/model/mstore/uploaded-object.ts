import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { Ask } from '../ask.ts'
import { audioName, audioSeconds, uploadedBytes } from './audio.ts'
import { itemsOf, valueOf } from './naming.ts'
import type { MStoreState, ObjectState } from './state.ts'

/** The date of a greeting where an ask does not say. */
export const USUAL_DATE = '2020-01-01T00:00:00Z'

/** The flags that an upload gives. */
export function uploadFlags(ask: Ask): readonly string[] {
  const flags = valueOf(ask, 'flags', SEEN)
  return flags === 'none' ? [] : flags.split(', ')
}

/** The type of a greeting; null where the upload does not give it. */
export function typeOf(ask: Ask): string | null {
  return itemsOf(ask.values, 'without').includes('x-cns-greeting-type')
    ? null
    : valueOf(ask, 'type', GREETING_TYPES.normal)
}

/** The greeting that an upload becomes; whether it is active may be open. */
export function uploaded(state: MStoreState, ask: Ask, mayBeActive: boolean): ObjectState {
  const flags = uploadFlags(ask)
  const { as: name = '', audio } = ask.values
  const left = itemsOf(ask.values, 'without')
  const given = [
    ['content-duration', String(audioSeconds(ask.values))],
    ['date', valueOf(ask, 'date', USUAL_DATE)],
    ['Message-Id', `id of ${name}`],
    ['mime-version', '1.0'],
    ['subject', valueOf(ask, 'subject', name)],
    ['x-cns-greeting-type', valueOf(ask, 'type', GREETING_TYPES.normal)],
  ] as const
  return {
    name,
    folder: 'greetings',
    flags: {
      [SEEN]: flags.includes(RECENT) ? 'either' : flags.includes(SEEN),
      [KEPT]: false,
      [GREETING_ON]: flags.includes(GREETING_ON) || mayBeActive ? 'either' : false,
    },
    facts: new Map(given.filter(([attribute]) => !left.includes(attribute))),
    isSeen: false,
    audio: audio ?? audioName(name, ask.values),
    bytes: uploadedBytes(state, ask),
  }
}
