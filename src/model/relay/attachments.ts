import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { accountOf, inOrder, withAccount, withName } from './changes.ts'
import { callerApplies, credentialMistakes, drawCaller, mayBeUnknown } from './credentials.ts'
import { nextName, numberGiven } from './given-names.ts'
import { allowed, violated, type Leave, type RelayJudged, type RelayOperation } from './operation.ts'
import type { Violated } from '../protocol-model.ts'
import type { RelaySeen } from './seen.ts'
import { SPOILT_CREDENTIALS } from './spoilt.ts'
import type { Account, RelayState } from './state.ts'

const ALLOCATED = 'RELAY-ATTACHMENT-01'
const STORED = 'RELAY-ATTACHMENT-07'
const LOCATED = 'RELAY-ATTACHMENT-08'
const RETURNED = 'RELAY-ATTACHMENT-11'
const OTHER_DEVICE = 'RELAY-ATTACHMENT-25'
const SEPARATE = 'RELAY-ATTACHMENT-14'

/** Sizes at which something may end: a block, a length of one byte, a page. */
const SIZES = [
  ...[0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1000, 1023],
  ...[1024, 1025, 4095, 4096, 4097, 8192, 16_384, 32_767, 32_768, 32_769],
]
const LARGE_SIZES = [65_535, 65_536, 65_537, 131_072]
const SIZED_IN_A_HUNDRED = 55
/** Of a hundred uploads so many have bytes that lie at some place already. */
const AGAIN_IN_A_HUNDRED = 20
/** Blobs of more bytes a store may refuse, since the relay spec names no size. */
const MOST_CERTAIN = 1000

/** Asking for a place for an attachment. */
export const ALLOCATE: RelayOperation = {
  name: 'allocate an attachment',
  area: 'ATTACHMENT',
  basic: ALLOCATED,
  weight: ({ attachments }) => (Object.keys(attachments).length === 0 ? 9 : 4),
  choose: (state, party, draw) => {
    const caller = accountOf(state, party).node === 'peer' ? null : drawCaller(state, party, draw)
    return caller === null ? null : { ...nextName(accountOf(state, party), 'attachment', draw), ...caller }
  },
  applies: callerApplies,
  situation: ({ attachments }, { party }) =>
    Object.values(attachments).some(({ owner }) => owner === party) ? 'a further one' : 'the first',
  situations: ['the first', 'a further one', ...SPOILT_CREDENTIALS],
  mistakes: (state, ask) =>
    credentialMistakes(state, ask, { invalid: 'RELAY-ATTACHMENT-05', otherDevice: OTHER_DEVICE }),
  leave: (state, ask) => (mayBeUnknown(state, ask) ? 'refusal' : 'none'),
  granted: (state, ask, { place }) => {
    if (place !== undefined) return misplaced(place)
    const attachments = inOrder({
      ...state.attachments,
      [ask.values['as'] ?? '']: { owner: ask.party, blob: null },
    })
    return allowed({ ...state, attachments }, ALLOCATED)
  },
  spent: (state, ask) =>
    withAccount(state, ask.party, (account) => withName(account, 'attachment', numberGiven(ask))),
}

/** Whether nothing was uploaded to a place. */
function isEmpty({ blob }: RelayState['attachments'][string]): boolean {
  return blob === null
}

/** What an answer violates that gives no place of its own. */
function misplaced(place: string): Violated {
  const requirement = place.startsWith('the ') ? 'RELAY-ATTACHMENT-04' : ALLOCATED
  const expected = 'an id and a location of its own'
  return violated(requirement, { thing: 'place for an attachment', expected, got: place })
}

/** Uploading to a place that was allocated, for the first time or again. */
export const UPLOAD: RelayOperation = {
  name: 'upload to an attachment',
  area: 'ATTACHMENT',
  basic: STORED,
  success: (status) => status >= 200 && status < 300,
  weight: ({ attachments }) =>
    Object.keys(attachments).length === 0 ? 0 : Object.values(attachments).some(isEmpty) ? 20 : 7,
  choose: (state, party, draw) => {
    const own = Object.entries(state.attachments).filter(([, { owner }]) => owner === party)
    if (own.length === 0) return null
    const empty = own.filter(([, { blob }]) => blob === null)
    const [attachment] = draw.oneOf(empty.length > 0 && draw.chance(60) ? empty : own)
    return { attachment, ...(drawAgain(state, draw) ?? drawNext(accountOf(state, party), draw)) }
  },
  applies: (state, ask) => state.attachments[nameIn(ask)]?.owner === ask.party,
  situation: ({ attachments }, ask) => {
    const { size } = ask.values
    if (attachments[nameIn(ask)]?.blob != null) return 'again'
    if (size === undefined) return 'a blob of the usual size'
    return size === '0' ? 'no bytes' : 'a blob of another size'
  },
  situations: ['a blob of the usual size', 'a blob of another size', 'no bytes', 'again'],
  mistakes: () => [],
  leave: leaveOfUpload,
  granted: (state, ask) => {
    const attachment = { owner: ask.party, blob: blobName(ask) }
    const attachments = inOrder({ ...state.attachments, [nameIn(ask)]: attachment })
    return allowed({ ...state, attachments }, STORED)
  },
  spent: (state, ask) =>
    withAccount(state, ask.party, (account) => withName(account, 'blob', numberGiven(ask))),
}

function drawNext(account: Account, draw: Draw): Values {
  const size = draw.chance(SIZED_IN_A_HUNDRED)
    ? { size: String(draw.oneOf(draw.chance(10) ? LARGE_SIZES : SIZES)) }
    : {}
  return { ...nextName(account, 'blob', draw), ...size }
}

/** Now and then the bytes of a place, of whosever it is; null where they are others. */
function drawAgain({ attachments }: RelayState, draw: Draw): Values | null {
  const blobs = Object.values(attachments).flatMap(({ blob }) => valuesOfBlob(blob ?? ''))
  return blobs.length > 0 && draw.chance(AGAIN_IN_A_HUNDRED) ? draw.oneOf(blobs) : null
}

/** Nothing is said of a second upload, nor of one without bytes or with many. */
function leaveOfUpload({ attachments }: RelayState, ask: Ask): Leave {
  const isAgain = attachments[nameIn(ask)]?.blob != null
  const { size } = ask.values
  return isAgain || size === '0' || Number(size ?? 1) > MOST_CERTAIN ? 'refusal' : 'none'
}

/** The name of the bytes that an upload carries; those of none are all the same. */
export function blobName({ values }: Ask): string {
  const { as: name = 'blob', size } = values
  if (size === '0') return 'nothing'
  return size === undefined ? name : `${name}, ${size} bytes`
}

/** The values by which an ask uploads the bytes of that name once more; none where there are none. */
function valuesOfBlob(blob: string): readonly Values[] {
  const [, name, size] = /^(blob \d+ of \w+)(?:, (\d+) bytes)?$/.exec(blob) ?? []
  return name === undefined ? [] : [{ as: name, ...(size === undefined ? {} : { size }) }]
}

/** Ids that are not the attachment's, near it and far from it. */
const OTHER_IDS = [
  'another last digit',
  'another first digit',
  'one more',
  'one less',
  'a digit more',
  'a digit less',
  '0',
  '18446744073709551615',
]

/** Retrieving an attachment, and the blob from where it says it is. */
export const DOWNLOAD: RelayOperation = {
  name: 'download an attachment',
  area: 'ATTACHMENT',
  basic: LOCATED,
  weight: ({ attachments }) =>
    Object.keys(attachments).length === 0 ? 0 : Object.values(attachments).every(isEmpty) ? 4 : 14,
  choose: chooseDownload,
  applies: (state, ask) => callerApplies(state, ask) && nameIn(ask) in state.attachments,
  situation: ({ attachments }, ask) => {
    const attachment = attachments[nameIn(ask)]
    if (ask.values['id'] !== undefined) return 'an id beside it'
    if (attachment?.blob == null) return 'not uploaded'
    return attachment.owner === ask.party ? 'its own' : "another's"
  },
  situations: ['its own', "another's", 'not uploaded', 'an id beside it', ...SPOILT_CREDENTIALS],
  mistakes: (state, ask) =>
    credentialMistakes(state, ask, { invalid: 'RELAY-ATTACHMENT-09', otherDevice: OTHER_DEVICE }),
  leave: (state, ask) => (isThere(state, ask) && !mayBeUnknown(state, ask) ? 'none' : 'refusal'),
  granted: downloaded,
}

function chooseDownload(state: RelayState, party: string, draw: Draw): Values | null {
  const caller = drawCaller(state, { name: party, needs: () => false, wrongPercent: 30 }, draw)
  const names = Object.keys(state.attachments)
  if (caller === null || names.length === 0 || accountOf(state, party).node === 'peer') return null
  const id: Values = draw.slip(12) ? { id: draw.oneOf(OTHER_IDS) } : {}
  const filled = names.filter((name) => state.attachments[name]?.blob != null)
  const attachment = draw.oneOf(filled.length > 0 && draw.chance(80) ? filled : names)
  return { attachment, ...id, ...caller }
}

/** Whether there is certainly a blob under the id that an ask names. */
function isThere({ attachments }: RelayState, ask: Ask): boolean {
  return ask.values['id'] === undefined && attachments[nameIn(ask)]?.blob != null
}

function downloaded(state: RelayState, ask: Ask, { blob = 'nothing', place }: RelaySeen): RelayJudged {
  if (place !== undefined)
    return violated(LOCATED, { thing: 'location of an attachment', expected: 'an absolute URL', got: place })
  const stored = storedUnder(state, ask)
  const isAnothers = Object.values(state.attachments).some((each) => each.blob === blob)
  const isOfNobody = ask.values['id'] !== undefined && !isAnothers
  if (blob === stored || isOfNobody || (stored === null && blob === 'nothing'))
    return allowed(state, RETURNED)
  const requirement = isAnothers ? SEPARATE : blob.startsWith('unknown') ? 'RELAY-ATTACHMENT-24' : RETURNED
  return violated(requirement, { thing: `blob of ${nameIn(ask)}`, expected: stored ?? 'none', got: blob })
}

/** What is stored under the id; of an id near another's it is not known whose it is. */
function storedUnder({ attachments }: RelayState, ask: Ask): string | null {
  return ask.values['id'] === undefined ? (attachments[nameIn(ask)]?.blob ?? null) : null
}

function nameIn({ values }: Ask): string {
  return values['attachment'] ?? ''
}
