import { MissingCapability } from '#driver/capabilities/failures.ts'
import { headerValue, type WireRequest } from '#driver/wire-request.ts'
import {
  BYTES_PER_KIB,
  type FolderName,
  folderOfPath,
  OCCUPIED_STORAGE,
  TOTAL_STORAGE,
} from '#protocol/mstore/folders.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { parseUpload } from '#protocol/mstore/upload.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import { type ListedObject, looseAttributes } from './listing.ts'
import { type KeptMailbox, type ObjectsBefore, quotaNow } from './mailbox-as-it-is.ts'

/** What an upload takes of its folder. */
interface UploadNeeds {
  readonly folder: FolderName
  /** Of a greeting that has one. */
  readonly type: string | undefined
  readonly bytes: number
}

/** The limits in objects, by the folder and the type of what they count. */
const LIMITS: readonly (readonly [quota: string, folder: FolderName, type?: string])[] = [
  ['VMMessagesQuota', 'voicemails'],
  ['GreetingsQuota', 'greetings'],
  ['NormalGreetingQuota', 'greetings', GREETING_TYPES.normal],
  ['VoiceSignatureQuota', 'greetings', GREETING_TYPES.voiceSignature],
]
/**
 * A mailbox that is full refuses an upload, and is right: Inconclusive. One that may hold nothing of the kind will never
 * take it: MissingCapability.
 */
export async function assertRoom(
  kept: KeptMailbox,
  objectsIn: ObjectsBefore,
  request: WireRequest,
): Promise<void> {
  const { folder, type, bytes } = uploadedBy(request)
  const quotas = (await quotaNow(kept, folder)) ?? new Map<string, string>()
  const objects = (await objectsIn(folder)) ?? []
  for (const [quota, of, counted] of LIMITS) {
    if (of !== folder || (counted !== undefined && counted !== type)) continue
    const most = Number(quotas.get(quota) ?? Infinity)
    const kind = counted ?? folder
    if (most === 0) throw new MissingCapability('mock', `mailbox: "+1…", of one whose ${quota} is not 0`)
    const held = objects.filter((object) => counted === undefined || typeOf(object) === counted).length
    if (held >= most)
      throw new Inconclusive(
        `the mailbox holds ${held} objects that are ${kind}, and its ${quota} is ${most}`,
      )
  }
  const free = Number(quotas.get(TOTAL_STORAGE) ?? Infinity) - Number(quotas.get(OCCUPIED_STORAGE) ?? 0)
  if (bytes > free * BYTES_PER_KIB)
    throw new Inconclusive(
      `the ${folder} have ${free} KiB left of their ${TOTAL_STORAGE}, for ${bytes} bytes`,
    )
}

/** What an upload takes; one that cannot be read, a greeting of no type and no length. */
function uploadedBy({ headers, body }: WireRequest): UploadNeeds {
  const contentType = headerValue(headers, 'Content-Type') ?? ''
  const upload = parseUpload({ contentType, body: body ?? new Uint8Array() })
  if (upload.kind === 'parse-error') return { folder: 'greetings', type: undefined, bytes: 0 }
  const { parentFolderPath, attributes } = membersOf(membersOf(upload.root)['object'])
  const path = typeof parentFolderPath === 'string' ? parentFolderPath : ''
  return {
    folder: folderOfPath(path)?.name ?? 'greetings',
    type: looseAttributes(membersOf(attributes)['attribute']).get('x-cns-greeting-type'),
    bytes: upload.audio.bytes.length,
  }
}

function typeOf({ attributes }: ListedObject): string | undefined {
  return attributes.get('x-cns-greeting-type')
}
