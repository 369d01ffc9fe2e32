import type { Ask } from '#model/ask.ts'
import { blobName } from '#model/relay/attachments.ts'
import type { RelaySeen } from '#model/relay/seen.ts'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { decimalId } from '#protocol/json.ts'
import { allocateAttachment, downloadBlob, retrieveAttachment, uploadBlob } from '#driver/relay/operations.ts'
import type { Observed } from '../../shared/support/session.ts'
import { isAbsolute, membersOf } from '../support/blobs.ts'
import { otherCode } from '../support/confirmations.ts'
import { isOk } from '../support/session.ts'
import { bytesKey } from './bytes-key.ts'
import { authorized, ownCredentials } from './credentials.ts'
import { unknown } from './names.ts'
import { leftOut, numberIn, seen, type RelayPerformer, type RelayWalk } from './walk.ts'

const USUAL_BYTES = 64
const NOTHING = 'nothing'

/** Asks for a place for an attachment, and keeps it under the name that the ask gives it. */
export const allocate: RelayPerformer = async (walk, ask) => {
  const request = allocateAttachment(ownCredentials(walk, ask))
  const observed = await walk.ask(walk.party(ask.party), authorized(walk, ask, request))
  if (!isOk(observed)) return seen(observed)
  const { id, location } = membersOf(observed.answer)
  const read = decimalId(id)
  const place = { id: read.kind === 'id' ? String(read.value) : '', location: textOf(location) }
  const mistake = mistakeOf(walk, place)
  walk.places.set(ask.values['as'] ?? '', place)
  return { ...seen(observed), ...(mistake === null ? {} : { place: mistake }) }
}

/** What is wrong with a place that was given out. */
function mistakeOf({ places }: RelayWalk, { id, location }: { id: string; location: string }): string | null {
  if (id === '') return 'no decimal id'
  if (!isAbsolute(location)) return 'no absolute URL'
  const same = [...places].find(([, place]) => place.id === id || place.location === location)
  return same === undefined ? null : `the ${same[1].id === id ? 'id' : 'location'} of ${same[0]}`
}

/** Uploads bytes to a place that was allocated. */
export const upload: RelayPerformer = async (walk, ask) => {
  const place = walk.places.get(nameIn(ask))
  if (place === undefined) return leftOut('no place was given out')
  const bytes = walk.blobs.drawn(blobName(ask), () => newBytes(walk, ask))
  return atPlace(async () => seen(await walk.ask(walk.party(ask.party), uploadBlob(place.location, bytes))))
}

/** What is seen at a place that was given out; nothing is asked of one that the target file does not allow. */
async function atPlace(look: () => Promise<RelaySeen>): Promise<RelaySeen> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof MissingCapability) return leftOut(error.message)
    throw error
  }
}

/** Bytes that no other blob has, where there are enough of them. */
function newBytes({ session, blobs }: RelayWalk, { values }: Ask): Uint8Array {
  const size = numberIn(values, 'size', USUAL_BYTES)
  const drawn = session.random(size)
  const isTaken = size === 1 && blobs.nameOf(bytesKey(drawn)) !== undefined
  return isTaken ? drawn.map((byte) => byte ^ 1) : drawn
}

/** Retrieves an attachment, and downloads the blob from where it is said to be. */
export const download: RelayPerformer = async (walk, ask) => {
  const party = walk.party(ask.party)
  const request = retrieveAttachment(ownCredentials(walk, ask), idOf(walk, ask))
  const retrieved = await walk.ask(party, authorized(walk, ask, request))
  if (!isOk(retrieved)) return seen(retrieved)
  const location = textOf(membersOf(retrieved.answer)['location'])
  if (!isAbsolute(location)) return { ...seen(retrieved), place: location === '' ? 'none' : location }
  return atPlace(async () => blobIn(walk, await walk.ask(party, downloadBlob(location))))
}

function blobIn({ blobs }: RelayWalk, observed: Observed): RelaySeen {
  const { answer } = observed
  if (!isOk(observed) || answer === null) return seen(observed)
  const bytes = answer.body
  if (bytes.length === 0) return { ...seen(observed), blob: NOTHING }
  return { ...seen(observed), blob: blobs.nameOf(bytesKey(bytes)) ?? unknown(`${bytes.length} bytes`) }
}

const MOST_ID = 2n ** 64n - 1n

/** The id that an ask names: the attachment's, or one that no attachment of the walk has. */
function idOf(walk: RelayWalk, ask: Ask): string {
  const { id = '' } = walk.places.get(nameIn(ask)) ?? {}
  const way = ask.values['id']
  if (way === undefined) return id
  if (way === 'a digit more') return `${id}0`
  if (way === 'a digit less') return freeOr(walk, id.slice(0, -1), id)
  if (way === 'another first digit')
    return freeOr(walk, `${id.startsWith('3') ? '2' : '3'}${id.slice(1)}`, id)
  if (way === 'another last digit') return otherDigit(walk, id)
  if (way !== 'one more' && way !== 'one less') return way
  return freeId(walk, BigInt(id === '' ? 1 : id), way === 'one more' ? 1n : -1n)
}

function otherDigit(walk: RelayWalk, id: string): string {
  return freeOr(walk, otherCode(id === '' ? '1' : id), id)
}

/** That id where no attachment of the walk has it, else the other one with a digit more. */
function freeOr(walk: RelayWalk, wanted: string, id: string): string {
  const isTaken = wanted === '' || [...walk.places.values()].some((place) => place.id === wanted)
  return isTaken ? `${id}1` : wanted
}

function freeId(walk: RelayWalk, id: bigint, step: bigint): string {
  const next = (id + step + MOST_ID + 1n) % (MOST_ID + 1n)
  const isTaken = [...walk.places.values()].some((place) => place.id === String(next))
  return isTaken ? freeId(walk, next, step) : String(next)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function nameIn({ values }: Ask): string {
  return values['attachment'] ?? ''
}
