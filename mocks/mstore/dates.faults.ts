import { instantText } from '#protocol/mstore/attributes.ts'
import type { StoredObject } from './mailbox.ts'
import type { AuthorizedRequest } from './scene.ts'

/** The object with the instant of the request for its date. */
export function datedAnew<Stored extends StoredObject>(
  object: Stored,
  { world, mailbox }: Pick<AuthorizedRequest<unknown>, 'world' | 'mailbox'>,
): Stored {
  const dateMs = world.nowMs(mailbox.subscriber.msisdn)
  return { ...object, attributes: new Map([...object.attributes, ['date', instantText(dateMs)]]), dateMs }
}
