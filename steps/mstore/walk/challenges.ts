import { getProfile } from '#driver/mstore/operations.ts'
import { nonceOf } from './credentials.ts'
import type { MStorePerformer } from './performer.ts'
import { seenOf } from './seen.ts'

/** Takes a challenge and keeps it under its name. */
export const takeChallenge: MStorePerformer = async ({ walk, ask, member }) => {
  const { mailbox } = await walk.party(ask.party)
  await member.ready()
  const result = await walk.session.node.client.send(getProfile(mailbox.msisdn))
  const nonce = nonceOf(result)
  const isStaleNonce = walk.nonces.has(nonce)
  walk.nonces.add(nonce)
  walk.challenges.set(ask.values['as'] ?? '', result)
  return { ...(await seenOf(walk, result)), isStaleNonce }
}
