import { endpointTarget } from '#protocol/mstore/endpoints.ts'
import { msisdnDigits } from '#protocol/mstore/msisdn.ts'
import { objectPathOf } from '#protocol/mstore/urls.ts'
import { textAt } from './answer-members.ts'
import type { Mailbox } from './mailbox.ts'
import { referenceOf } from './object-references.ts'
import { readMembers } from './objects.ts'
import type { MStoreSession } from './session.ts'

/**
 * A target as it stands on the wire; `[Alice]` in it stands for the digits of her number, `[MEMBER of OBJECT]` for
 * the target of a URL in an object, `[objects]` for the address of the party's own, and `[path of OBJECT of NAME]`
 * for what stands behind that address in the URL of an object, `[part of OBJECT of NAME]` in that of its audio.
 */
export async function targetAt(session: MStoreSession, mailbox: Mailbox, target: string): Promise<string> {
  const own = endpointTarget(mailbox.msisdn, { kind: 'upload' })
  const place = /\[(path|part) of (the .+) of (\w+)\]/.exec(target)
  if (place === null) return await namedTarget(session, mailbox, target)
  const [whole, what, object = '', owner = ''] = place
  const members = await readMembers(session, await session.mailbox(owner), referenceOf(object))
  const url = textAt(members, what === 'path' ? 'resourceURL' : 'payloadPart.0.href')
  return target.replace(whole, objectPathOf(url) ?? '').replace('[objects]', own)
}

async function namedTarget(session: MStoreSession, mailbox: Mailbox, target: string): Promise<string> {
  const named = /\[(.+)\]/.exec(target)?.[1]
  if (named === undefined) return target
  const [, member = '', object] = /^(\S+) of (the .+)$/.exec(named) ?? []
  if (object === undefined)
    return target.replace(`[${named}]`, msisdnDigits((await session.mailbox(named)).msisdn))
  const url = textAt(await readMembers(session, mailbox, referenceOf(object)), member)
  return /^https?:\/\/[^/]+(\/.*)$/.exec(url)?.[1] ?? url
}
