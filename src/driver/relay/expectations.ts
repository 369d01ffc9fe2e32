import type { Dialect } from '#protocol/requirements.ts'
import { rowOf, type LabelledOutcome } from '../labelled-outcomes.ts'

/** The status that the relay spec prints, which is what the features say; `4xx` where they only say "refuses it". */
type RelayStatus = number | '4xx'
type RelayExpectation = LabelledOutcome<RelayStatus, number>

const CONFIRM = 'PUT /v1/accounts/code/{code}'
const CODE = 'GET /v1/accounts/{transport}/code/{number}'
const PUSH_ID = 'PUT /v1/accounts/{apn,gcm}/'
const NO_PUSH_ID = 'DELETE /v1/accounts/{apn,gcm}/'
const KEYS = 'PUT /v1/keys/'
const DIRECTORY = 'PUT /v1/directory/tokens'
const MESSAGES = 'PUT /v1/messages/{destination_number}'
const ATTACHMENTS = 'GET /v1/attachments/'
const ATTACHMENT = 'GET /v1/attachments/{attachment_id}'
const BLOB = 'PUT {attachment_url}'
const PREKEYS = 'GET /v1/keys/{number}/{device_id}'

/** Every outcome whose status a feature names by a label; `deployed` is what v0.8 answers. */
export const EXPECTATIONS = [
  { operation: CODE, label: 'code requested', documented: 200, deployed: [200], erratum: null },
  { operation: CODE, label: 'unknown transport', documented: 415, deployed: [422], erratum: 'E-09' },
  { operation: CONFIRM, label: 'confirmed', documented: 200, deployed: [204], erratum: 'E-08' },
  {
    operation: CONFIRM,
    label: 'confirmed again',
    documented: 200,
    tolerated: [204, 417],
    deployed: [204],
    erratum: 'E-13',
  },
  { operation: CONFIRM, label: 'short credentials', documented: 401, deployed: [401, 500], erratum: 'E-12' },
  { operation: PUSH_ID, label: 'push id set', documented: 200, deployed: [204], erratum: 'E-08' },
  { operation: NO_PUSH_ID, label: 'push id cleared', documented: 200, deployed: [204], erratum: 'E-08' },
  { operation: KEYS, label: 'prekeys stored', documented: 200, deployed: [204], erratum: 'E-08' },
  { operation: KEYS, label: 'prekey without an id', documented: '4xx', deployed: [204], erratum: 'E-10' },
  {
    operation: KEYS,
    label: 'incomplete last resort key',
    documented: '4xx',
    deployed: [500],
    erratum: 'E-10',
  },
  { operation: PREKEYS, label: 'prekeys fetched', documented: 200, deployed: [200], erratum: null },
  { operation: DIRECTORY, label: 'contacts found', documented: 200, deployed: [200], erratum: null },
  { operation: DIRECTORY, label: 'bad token', documented: 400, deployed: [400], erratum: null },
  { operation: DIRECTORY, label: 'short token', documented: 400, deployed: [400, 500], erratum: 'E-47' },
  { operation: DIRECTORY, label: 'misshapen token', documented: 400, deployed: [200], erratum: 'E-47' },
  {
    operation: DIRECTORY,
    label: 'padded token',
    documented: 400,
    tolerated: [200],
    deployed: [200],
    erratum: 'E-47',
  },
  { operation: DIRECTORY, label: 'numeric token', documented: '4xx', deployed: [200], erratum: 'E-47' },
  { operation: DIRECTORY, label: 'null token', documented: '4xx', deployed: [400, 500], erratum: 'E-47' },
  { operation: DIRECTORY, label: 'object token', documented: '4xx', deployed: [400], erratum: 'E-47' },
  { operation: MESSAGES, label: 'message accepted', documented: 200, deployed: [204], erratum: 'E-08' },
  { operation: MESSAGES, label: 'undecodable body', documented: '4xx', deployed: [204], erratum: 'E-66' },
  {
    operation: MESSAGES,
    label: 'wrong devices and stale',
    documented: 409,
    tolerated: [410],
    deployed: [409],
    erratum: 'E-29',
  },
  { operation: ATTACHMENTS, label: 'attachment allocated', documented: 200, deployed: [200], erratum: null },
  { operation: ATTACHMENT, label: 'attachment located', documented: 200, deployed: [200], erratum: null },
  {
    operation: BLOB,
    label: 'blob stored',
    documented: 200,
    tolerated: [201, 202, 203, 204, 205],
    deployed: [200],
    erratum: 'E-42',
  },
  { operation: '*', label: 'malformed JSON', documented: 415, deployed: [400], erratum: 'E-10' },
  { operation: '*', label: 'shorthand JSON', documented: 415, deployed: [400], erratum: 'E-05' },
  { operation: '*', label: 'wrong media type', documented: 415, deployed: [415], erratum: null },
] as const satisfies readonly RelayExpectation[]

const TABLE: readonly RelayExpectation[] = EXPECTATIONS

/**
 * The statuses that are right where a feature says `answers 415 "malformed JSON"`. Without a label it is
 * the status itself in both dialects; with one it is what the table says: the deployed dialect takes what the
 * relay spec says as well. Throws as `rowOf` does.
 */
export function expectedStatuses(
  dialect: Dialect,
  documented: number,
  label: string | null,
): readonly number[] {
  if (label === null) return [documented]
  const { tolerated = [], deployed } = rowOf(TABLE, { documented, label })
  const right = [documented, ...tolerated]
  return dialect === 'documented' ? right : [...new Set([...right, ...deployed])]
}

/**
 * The statuses outside 400 to 499 that are right where a feature says `refuses it "null token"`. Throws as
 * `rowOf` does.
 */
export function toleratedBeside(dialect: Dialect, label: string): readonly number[] {
  const { deployed } = rowOf(TABLE, { documented: '4xx', label })
  return dialect === 'documented' ? [] : deployed.filter((status) => status < 400 || status > 499)
}
