import { payloadOf } from '#driver/mstore/answers.ts'
import { getObject, getPart, getPayload } from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { ownerOf } from '#model/mstore/guarded.ts'
import { jsonOf } from '#driver/mstore/answers.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { isSendable, objectPathOf } from '#protocol/mstore/urls.ts'
import { isSuccess } from '../support/observed.ts'
import { call, type Performing, prepare } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'
import { pathAsked } from './places.ts'
import { sightOf } from './sightings.ts'

/** Downloads the audio of an object: at the `href` that it has or had, else where the mStore spec shows it. */
export const downloadAudio: MStorePerformer = async (performing) => {
  const called = await call(performing, await downloadOf(performing))
  if (called.kind === 'violated') return called
  const { seen, answer } = called
  if (answer === null || !isSuccess(seen.status)) return seen
  const payload = payloadOf(answer)
  return payload.kind === 'parse-error'
    ? { ...seen, misread: payload.reason }
    : { ...seen, audio: performing.walk.audio.nameOf(payload.audio) }
}

async function downloadOf(performing: Performing): Promise<WireRequest> {
  const { mailbox } = await ownerIn(performing)
  const { origin } = performing.walk.session
  const objectPath = await pathAsked(performing)
  const { 'object of': other, object = '' } = performing.ask.values
  if (other !== undefined) {
    const { objects } = await performing.walk.party(other)
    const path = objectPathOf(objects.hrefOf(object) ?? '') ?? ''
    return getPart(mailbox.msisdn, path.startsWith(objectPath) ? path : partOf(objectPath))
  }
  const href = await hrefOf(performing, objectPath)
  const payload = href === null ? null : getPayload(href, origin)
  if (payload?.kind === 'request' && isSendable(payload.request.target)) return payload.request
  return getPart(mailbox.msisdn, partOf(objectPath))
}

function partOf(objectPath: string): string {
  return `${objectPath}/payloadParts/part1`
}

/** What an answer said of the place of an object's audio; where none was seen yet the object is read. */
async function hrefOf(performing: Performing, objectPath: string): Promise<string | null> {
  const { walk, ask } = performing
  const { object = '' } = ask.values
  const owner = ownerOf(ask)
  const { mailbox, objects } = await ownerIn(performing)
  if (objects.mayBeAnother(object)) return null
  if (objects.hrefOf(object) !== null || objects.pathOf(object) === null) return objects.hrefOf(object)
  const answer = await prepare(walk, owner, getObject(mailbox.msisdn, objectPath))
  const json = answer === null ? null : jsonOf(answer)
  if (json?.kind === 'json') sightOf(membersOf(json.plain)['object'], objects)
  return objects.hrefOf(object)
}
