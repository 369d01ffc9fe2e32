import type { Attributes } from '#protocol/mstore/attributes.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreState } from './state.ts'

/** What a fault needs of a request to know when it began. */
interface Began {
  readonly state: MStoreState
  readonly request: MStoreRequest
}

/** An attribute that is never shown: how many challenges had been given out when an object was stored. */
const STORED_AT = 'x-stored-at'

/** The attributes with the time of storing among them, counted in challenges. */
export function stamped(attributes: Attributes, { state }: Pick<Began, 'state'>): Attributes {
  return new Map([...attributes, [STORED_AT, String(state.nonces.size)]])
}

/** Whether an object was stored after a request got its challenge, as by another request at the same time. */
function isStoredSince({ attributes }: StoredObject, { state, request }: Began): boolean {
  const nonce = /\bnonce="([^"]*)"/.exec(request.authorization ?? '')?.[1] ?? ''
  const challenged = [...state.nonces.keys()].indexOf(nonce) + 1
  return Number(attributes.get(STORED_AT) ?? 0) >= challenged
}

/** The objects that were stored after a request got its challenge. */
export function storedSince(began: Began & { readonly mailbox: StoredMailbox }): readonly StoredObject[] {
  return [...began.mailbox.objects.values()].filter((object) => isStoredSince(object, began))
}
