import type { RecordedHeader } from '#evidence/exchange.ts'
import { utf8 } from '#protocol/bytes.ts'
import type { ParseError } from '#protocol/parse-error.ts'
import { type BulkUpdate, bulkDeleteBody, bulkUpdateBody } from '#protocol/mstore/bulk-requests.ts'
import { type MstoreBody, checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { type QueryForm, endpointTarget } from '#protocol/mstore/endpoints.ts'
import { NEW_PIN, OLD_PIN, profileBody } from '#protocol/mstore/profile.ts'
import { type Search, searchBody } from '#protocol/mstore/search.ts'
import { type ObjectUpload, buildUpload, parseUpload } from '#protocol/mstore/upload.ts'
import { rewriteUrl } from '#protocol/mstore/urls.ts'
import { type Contract, jsonContract } from '../contract.ts'
import type { WireRequest } from '../wire-request.ts'

/** What every request names itself: a server answers no other client (mStore spec, Authentication). */
const USER_AGENT: RecordedHeader = ['User-Agent', '3gpp-gba']

const JSON_TYPE: RecordedHeader = ['Content-Type', 'application/json']

/** mStore spec, vvmserviceProfile. */
export function getProfile(msisdn: string): WireRequest {
  return bare('GET /vvmserviceProfile', endpointTarget(msisdn, { kind: 'profile' }))
}

/** mStore spec, vvmserviceProfile: names only the attributes that are to change. */
export function putProfile(msisdn: string, values: Iterable<readonly [string, string]>): WireRequest {
  const target = endpointTarget(msisdn, { kind: 'profile' })
  return json('PUT /vvmserviceProfile', target, { contract: 'profile-update', value: profileBody(values) })
}

/** mStore spec, vvmserviceProfile: a change of the PIN, which no other attribute accompanies. */
export function changePin(msisdn: string, oldPin: string, newPin: string): WireRequest {
  const request = putProfile(msisdn, [
    [OLD_PIN, oldPin],
    [NEW_PIN, newPin],
  ])
  return { ...request, contract: jsonContract('pin-change', checkMstoreBody) }
}

/** A folder, and what is asked of it. `filter` is the value of `attrFilter`; null leaves the query out. */
export interface FolderQuery {
  readonly folderId: string
  readonly filter: string | null
  /** How the query is written (E-05). */
  readonly form: QueryForm
}

/** mStore spec, folders. */
export function getFolder(msisdn: string, { folderId, filter, form }: FolderQuery): WireRequest {
  const endpoint = {
    kind: 'folder',
    folderId,
    filter: filter === null ? null : { value: filter, form },
  } as const
  return bare('GET /folders/{folder_id}', endpointTarget(msisdn, endpoint))
}

/** mStore spec, objects. `objectPath` is raw text, whose escapes are part of it (E-41). */
export function getObject(msisdn: string, objectPath: string): WireRequest {
  return bare('GET /objects/{object_path}', endpointTarget(msisdn, { kind: 'object', objectPath }))
}

/** One flag of one object; the flag as it is listed, `$CNS-Greeting-On`. */
export interface FlagReference {
  readonly objectPath: string
  readonly flag: string
}

/** mStore spec, flags: sets one, without a body. */
export function putFlag(msisdn: string, flag: FlagReference): WireRequest {
  const target = endpointTarget(msisdn, { kind: 'flag', ...flag })
  return { ...bare('PUT /objects/{object_path}/flags/{flag}', target), body: new Uint8Array() }
}

/** mStore spec, flags: clears one. */
export function deleteFlag(msisdn: string, flag: FlagReference): WireRequest {
  return bare('DELETE /objects/{object_path}/flags/{flag}', endpointTarget(msisdn, { kind: 'flag', ...flag }))
}

/** mStore spec, search. */
export function search(msisdn: string, criteria: Search): WireRequest {
  const target = endpointTarget(msisdn, { kind: 'search' })
  return json('POST /objects/operations/search', target, { contract: 'search', value: searchBody(criteria) })
}

/** mStore spec, bulkUpdate. */
export function bulkUpdate(msisdn: string, update: BulkUpdate): WireRequest {
  const target = endpointTarget(msisdn, { kind: 'bulk-update' })
  const value = bulkUpdateBody(update)
  return json('POST /objects/operations/bulkUpdate', target, { contract: 'bulk-update', value })
}

/** mStore spec, bulkDelete: a DELETE with an explicit Content-Length, because no library adds one to it. */
export function bulkDelete(msisdn: string, urls: readonly string[]): WireRequest {
  const target = endpointTarget(msisdn, { kind: 'bulk-delete' })
  const value = bulkDeleteBody(urls)
  return json('DELETE /objects/operations/bulkDelete', target, { contract: 'bulk-delete', value })
}

/**
 * mStore spec, payload: the audio at the `href` of an object, whose extended URL is rewritten to one that can be
 * asked for. An `href` that is no URL of a mailbox is a parse error.
 */
export function getPayload(
  href: string,
  origin: string,
): { readonly kind: 'request'; readonly request: WireRequest } | ParseError {
  const rewritten = rewriteUrl(href, origin)
  return rewritten.kind === 'parse-error'
    ? rewritten
    : { kind: 'request', request: bare('GET /objects/{payload_path}', rewritten.target) }
}

/** mStore spec, objects GET of a payload, at the path behind `/objects/` where it is. */
export function getPart(msisdn: string, payloadPath: string): WireRequest {
  return bare(
    'GET /objects/{payload_path}',
    endpointTarget(msisdn, { kind: 'object', objectPath: payloadPath }),
  )
}

/** mStore spec, objects POST: a message inside a message. */
export function upload(msisdn: string, message: ObjectUpload): WireRequest {
  const { contentType, body } = buildUpload(message)
  return {
    ...bare('POST /objects', endpointTarget(msisdn, { kind: 'upload' })),
    headers: [USER_AGENT, ['Content-Type', contentType]],
    body,
    contract: uploadContract(contentType),
  }
}

/** The contract of an upload: that of the JSON document in it. */
function uploadContract(contentType: string): Contract {
  const schema = 'upload-root'
  return {
    schema,
    deviations: (body) => {
      const read = parseUpload({ contentType, body })
      return read.kind === 'parse-error' ? [read.reason] : checkMstoreBody(schema, read.root)
    },
  }
}

/** The method is the first word in the name of an operation. */
function bare(operation: string, target: string): WireRequest {
  const [method = ''] = operation.split(' ')
  return { operation, method, target, headers: [USER_AGENT], body: null }
}

interface JsonDocument {
  readonly contract: MstoreBody
  readonly value: object
}

function json(operation: string, target: string, { contract, value }: JsonDocument): WireRequest {
  return {
    ...bare(operation, target),
    headers: [USER_AGENT, JSON_TYPE],
    body: utf8(JSON.stringify(value)),
    contract: jsonContract(contract, checkMstoreBody),
  }
}
