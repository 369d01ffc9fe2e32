import { payloadOf, type DecodedAudio } from '#driver/mstore/answers.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import type { Answer } from '#driver/wire-client.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { parseAmr } from '#protocol/mstore/amr.ts'
import { isSameHeaderValue, parseHeaderValue } from '#protocol/mstore/header-value.ts'
import { boundaryOf, parseMultipart } from '#protocol/mstore/multipart.ts'
import { unwrapBase64 } from '#protocol/mstore/transfer-encoding.ts'
import { looseAttributes } from './listing.ts'
import { objectOf } from './lookup.ts'
import type { KnownObject } from './mailbox.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { at } from './answer-members.ts'
import type { ObjectReference } from './object-references.ts'
import { readMembers } from './objects.ts'
import { readOrViolated } from './read.ts'
import type { MStoreSession } from './session.ts'
import { withoutBoundary } from './shown-body.ts'

/** A download, and what its object says of it. */
interface DownloadedObject {
  readonly session: MStoreSession
  readonly answer: Answer
  readonly known: KnownObject
  readonly object: Readonly<Record<string, unknown>>
}

/** Asserts of the download of the scenario that one side of it is as the object has it. */
export async function judgeAudio(
  session: MStoreSession,
  word: string,
  reference: ObjectReference,
): Promise<void> {
  const judge = namedEntry('download', SIDES, word)
  const { request, mailbox, observed } = session.turn
  const answer = await session.mustHaveSucceeded({ request, observed, mailbox })
  const object = await readMembers(session, mailbox, reference)
  judge({ session, answer, known: objectOf(mailbox, reference), object })
}

const SIDES: Readonly<Record<string, (downloaded: DownloadedObject) => void>> = {
  bytes: judgeBytes,
  encoding: judgeEncoding,
  size: judgeSize,
  type: judgeType,
  duration: judgeDuration,
  message: judgeMessage,
}

/** The audio itself where the suite knows it; else that there is some, and not the object's JSON. */
function judgeBytes(downloaded: DownloadedObject): void {
  const { known } = downloaded
  const { audio } = payloadIn(downloaded)
  const isThat = known.audio === null ? audio.length > 0 && audio[0] !== BRACE : isSame(audio, known.audio)
  const expected = known.audio === null ? 'some audio' : `the ${known.audio.length} bytes of the audio`
  assertSide(downloaded, {
    thing: 'audio',
    expected,
    got: isThat ? expected : `${audio.length} other bytes`,
    lasting: { expected: 'the audio', got: audio.length === 0 ? 'nothing' : 'other bytes' },
    holds: isThat,
  })
}

const BRACE = 0x7b

/** Strict Base64 in lines of any length, which is padded (MSTORE-PAYLOAD-05). */
function judgeEncoding(downloaded: DownloadedObject): void {
  const { answer, session } = downloaded
  if (!payloadIn(downloaded).encoded) {
    session.check.note(
      `the download is encoded as ${answer.header('Content-Transfer-Encoding') ?? 'nothing'}`,
    )
    return
  }
  const read = unwrapBase64(fromUtf8(answer.body) ?? '!')
  const isPadded = read.kind === 'decoded' && read.padded
  const got = isPadded ? 'padded Base64' : 'Base64 without its padding'
  assertSide(downloaded, { thing: 'body', expected: 'padded Base64', got, holds: isPadded })
}

/** The bytes of the audio, or of its encoding with or without its line ends: which one it is, is noted (E-20). */
function judgeSize(downloaded: DownloadedObject): void {
  const { session, answer, object } = downloaded
  const stated = at(object, 'payloadPart.0.size')
  const { audio, encoded } = payloadIn(downloaded)
  const inLines = encoded ? { encoded: encodedLength(audio), 'encoded in lines': answer.body.length } : {}
  const sizes = Object.entries({ decoded: audio.length, ...inLines })
  const expected = sizes.map(([count, size]) => `${size} (${count})`).join(' or ')
  const [count] = sizes.find(([, size]) => String(size) === String(stated)) ?? []
  const holds = count !== undefined
  const lasting = {
    expected: `the bytes ${sizes.map(([count]) => count).join(' or ')}`,
    got: kindOfNumber(String(stated)),
  }
  assertSide(downloaded, { thing: 'size in the object', expected, got: String(stated), lasting, holds })
  if (count !== 'decoded') session.check.note(`size counts the bytes of the audio ${count} (E-20)`)
}

const BYTES_PER_GROUP = 3
const CHARACTERS_PER_GROUP = 4

/** How many characters of padded Base64 a file takes. */
function encodedLength({ length }: Uint8Array): number {
  return Math.ceil(length / BYTES_PER_GROUP) * CHARACTERS_PER_GROUP
}

/** The first bytes of the file types that have them (RFC 4867, section 5). */
const MAGIC: Readonly<Record<string, string>> = { 'audio/amr': '#!AMR\n', 'audio/amr-wb': '#!AMR-WB\n' }

/** What most kinds of file begin with; the size of this one may follow. */
const FILE_TYPE_CHARACTERS = 4

function judgeType(downloaded: DownloadedObject): void {
  const stated = String(at(downloaded.object, 'payloadPart.0.contentType'))
  const type = parseHeaderValue(stated)?.value ?? stated
  const { audio } = payloadIn(downloaded)
  const start = fromUtf8(audio.subarray(0, 9)) ?? fromUtf8(audio.subarray(0, 6)) ?? ''
  const wanted = MAGIC[type]
  if (wanted === undefined) {
    downloaded.session.check.note(`the audio is of the type ${type}`)
    return
  }
  const holds = new TextDecoder('latin1').decode(audio).startsWith(wanted)
  const got = holds ? JSON.stringify(wanted) : JSON.stringify(start)
  const lasting = { got: JSON.stringify(start.slice(0, FILE_TYPE_CHARACTERS)) }
  assertSide(downloaded, {
    ...{ thing: `start of the ${type} file`, expected: JSON.stringify(wanted), got, lasting },
    holds,
  })
}

/** How far apart the two may be: which way the seconds are rounded is open. */
const TOLERANCE_S = 1

function judgeDuration(downloaded: DownloadedObject): void {
  const file = parseAmr(payloadIn(downloaded).audio)
  if (file.kind === 'parse-error') {
    downloaded.session.check.note(`the duration is not known: ${file.reason}`)
    return
  }
  const stated = looseAttributes(at(downloaded.object, 'attributes.attribute')).get('content-duration')
  const seconds = file.durationMs / 1000
  const holds = Math.abs(Number(stated) - seconds) <= TOLERANCE_S
  const expected = `${seconds}, give or take ${TOLERANCE_S}`
  const lasting = { expected: 'the seconds of the audio', got: kindOfNumber(stated) }
  assertSide(downloaded, { thing: 'content-duration', expected, got: stated ?? 'none', lasting, holds })
}

/** What a wrong number is, whichever it is. */
function kindOfNumber(stated = 'none'): string {
  return /^\d+$/.test(stated) ? 'another number' : stated.replace(/\d+/g, '‹digits›')
}

/** A message whose parts are as `content-type` has it; only noted where the dialect judges the audio alone (E-19). */
function judgeMessage(downloaded: DownloadedObject): void {
  const { session, answer } = downloaded
  const type = looseAttributes(at(downloaded.object, 'attributes.attribute')).get('content-type') ?? 'none'
  const mistake = messageMistake(type, answer)
  if (readingOf(session.target.dialect, 'wholeDownload') === 'noted') {
    session.check.note(`the whole object: ${mistake ?? `as ${type}`}`)
    return
  }
  const [expected, got] = [type, mistake ?? type]
  const lasting = { expected: withoutBoundary(expected), got: withoutBoundary(got) }
  assertSide(downloaded, { thing: 'whole object', expected, got, lasting, holds: mistake === null })
}

function messageMistake(type: string, answer: Answer): string | null {
  const sent = answer.header('Content-Type') ?? 'none'
  if (!isSameHeaderValue(sent, type)) return sent
  if (parseHeaderValue(type)?.value.startsWith('multipart/') !== true) return null
  const boundary = boundaryOf(type)
  if (boundary.kind === 'parse-error') return boundary.reason
  const message = parseMultipart(boundary.boundary, answer.body)
  return message.kind === 'parse-error' ? message.reason : null
}

/**
 * The audio, decoded where header or object say so: where the two differ is for others to find
 * (MSTORE-PAYLOAD-03). A body that is not what is said of it violates just that.
 */
function payloadIn({ session, answer, object }: DownloadedObject): DecodedAudio {
  const stated = at(object, 'payloadPart.0.contentEncoding')
  const payload = payloadOf(answer, typeof stated === 'string' ? stated : null)
  return readOrViolated(session, payload, { answer, basic: 'MSTORE-PAYLOAD-05' })
}

function assertSide({ session, answer }: DownloadedObject, side: Comparison): void {
  const requirement = session.requirementHere('MSTORE-PAYLOAD-01')
  session.check.that({ ...side, requirement, exchange: answer.exchange.id })
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => right[index] === byte)
}
