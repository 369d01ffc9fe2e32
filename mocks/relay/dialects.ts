import { encodeBase64 } from '#protocol/base64.ts'
import { FIRST_DEVICE, type BasicCredentials } from '#protocol/relay/credentials.ts'
import { apnNotification, DEPLOYED_ALERT } from '#protocol/relay/notifications.ts'
import { DEPLOYED_NUMBER } from '#protocol/relay/numbers.ts'
import type { Content } from '#mocks/engine/reply.ts'
import { readAuthorization } from './authentication.ts'
import { deployedAttachments, deployedBlobs } from './deployed-attachments.ts'
import { decodeDeployed, deployedBodies } from './deployed-bodies.ts'
import { deployedDirectory } from './deployed-directory.ts'
import { deployedPrekeys, deployedPrekeyUpload } from './deployed-prekeys.ts'
import { documentedFederation } from './federation.ts'
import type { RelayOutcome } from './outcomes.ts'
import type { RelayRulebookPatch } from './rulebook.ts'
import { documentedPushes, wholeKey } from './pushes.ts'
import { isAboutCredentials } from './wire.ts'

/** E-10 */
const body = {
  'wrong-type': 415,
  'empty-body': 422,
  'malformed-body': 400,
  'mistyped-body': 400,
  'incomplete-body': 422,
}

/** The deployed relay: version 0.8 of the official server, as far as it differs from the relay spec. */
export const deployed: RelayRulebookPatch = {
  status: {
    // E-09
    'request-code': { 'bad-transport': 422 },
    // E-08, E-10, E-11
    'confirm-code': { confirmed: 204, ...body },
    'set-apn-id': { stored: 204, ...body },
    'set-gcm-id': { stored: 204, ...body },
    'remove-apn-id': { removed: 204 },
    'remove-gcm-id': { removed: 204 },
    // 5.1
    'upload-prekeys': { stored: 204, ...body, 'incomplete-last-resort': 500 },
    'query-directory': { ...body, 'short-token': 500, 'null-token': 500 },
    // E-28
    'fetch-prekeys': { 'bad-device-id': 422 },
    'submit-messages': { accepted: 204, ...body },
    // E-42
    'upload-blob': { 'wrong-type': 403 },
    'download-blob': { 'wrong-type': 403 },
    'add-device': body,
    // 5.10
    'peer-submit-messages': { accepted: 204, ...body, limited: 503 },
  },
  bodies: deployedBodies,
  authentication: { read: readForOperation },
  // E-41
  limits: { figures: { retrievals: null } },
  // E-49
  codes: { isWellFormed: (number) => DEPLOYED_NUMBER.test(number) },
  confirmation: {
    // E-01
    paths: ['accounts'],
    // 5.2: body errors come before the header
    order: ['body', 'credentials', 'limit', 'code', 'listing', 'store', 'use-code'],
    // RELAY-VERIFY-17: any key is taken; what is wrong with it shows when it is used
    attributes: { required: ['signalingKey'], isSignalingKey: () => true, isRegistrationId: isInt },
    // E-12: a token of one to three characters breaks the decoder
    credentialsMistake: ({ kind }, header = '') => {
      if (kind === 'no-header') return 'no-credentials'
      return /^Basic [^ ]{1,3}$/.test(header) ? 'crashed' : 'malformed-credentials'
    },
    // E-32
    addedRegistrationId: () => 0,
  },
  reachability: {
    // E-33
    isDeviceReachable: ({ gcmId, apnId, fetchesMessages = false }) =>
      gcmId !== null || apnId !== null || fetchesMessages,
    // E-59
    isAccountReachable: (_account, reachable) => reachable.some(({ id }) => id === FIRST_DEVICE),
  },
  prekeyUpload: deployedPrekeyUpload,
  directory: deployedDirectory,
  prekeys: deployedPrekeys,
  messages: {
    // RELAY-MESSAGE-22: bodies are looked at when they are handed on
    order: [
      'authenticate',
      'body',
      'limit',
      'relay',
      'destination',
      'devices',
      'registrations',
      'content',
      'deliver',
    ],
    members: { required: ['body'] },
    decodeBody: decodeDeployed,
    judgeContent: ({ body: text }) => (text.length < 4 ? 'crashed' : 'passed'),
    // E-18, 5.11: the device loses its push id, and only that of device 1 is reported
    unusableKey: ({ recipient: { number }, device }) => ({
      changes: [{ kind: 'device-stored', number, device: { ...device, gcmId: null, apnId: null } }],
      refused: device.id === FIRST_DEVICE,
    }),
  },
  pushes: {
    // E-36: the server's clock
    signal: (delivery, scene) => ({
      ...documentedPushes.signal(delivery, scene),
      timestamp: BigInt(Math.trunc(scene.world.nowMs())),
    }),
    // E-18
    signalingKey: ({ device }) => wholeKey(decodeDeployed(device.signalingKey)),
    // E-14
    macAlgorithm: 'sha256',
    // E-33
    channels: (device) => {
      const addresses = documentedPushes.channels(device)
      const { id, fetchesMessages = false } = device
      return addresses.length === 0 && fetchesMessages
        ? [{ channel: 'websocket', to: String(id) }]
        : addresses
    },
    // E-16
    payloadText: (frame) => encodeBase64(frame, { padded: true }),
    notification: {
      // E-35
      gcm: (payload) => JSON.stringify({ type: 'message', message: payload }),
      // E-34
      apn: (payload) => apnNotification({ alert: DEPLOYED_ALERT, place: 'aps', payload }),
    },
  },
  federation: {
    // E-58: an empty name is the name of no node
    route: (relay, ...rest) =>
      relay === '' ? { kind: 'unknown-relay' } : documentedFederation.route(relay, ...rest),
  },
  attachments: deployedAttachments,
  blobs: deployedBlobs,
  // E-30
  provisioning: { isOffered: true },
  wire: {
    headers: (outcome) =>
      asksForCredentials(outcome) ? [['WWW-Authenticate', 'Basic realm="WhisperServer"']] : [],
    fallback,
  },
}

const GREATEST_INT = 2 ** 31 - 1

function isInt(number: number): boolean {
  return number <= GREATEST_INT && number >= -GREATEST_INT - 1
}

/** On confirmation the scheme is compared exactly, and a password ends at its first colon (E-53, RELAY-AUTH-12). */
function readForOperation(header: string | undefined, operation: RelayOutcome['operation']) {
  const read = readAuthorization(header)
  if (read.kind !== 'credentials' || !readsItself(operation)) return read
  if (read.scheme !== 'Basic') {
    return {
      kind: 'other-scheme',
      reason: 'Authorization: expected scheme Basic, got it in other case',
    } as const
  }
  return cut(read)
}

function cut(credentials: BasicCredentials): BasicCredentials {
  return { ...credentials, password: credentials.password.split(':')[0] ?? '' }
}

/** RELAY-AUTH-11: everywhere but on confirmation */
function asksForCredentials(outcome: RelayOutcome): boolean {
  return isAboutCredentials(outcome) && !readsItself(outcome.operation)
}

/** The operations that read the header by themselves, since their callers have no account yet. */
function readsItself(operation: RelayOutcome['operation']): boolean {
  return operation === 'confirm-code' || operation === 'add-device'
}

/** E-56: text for 401, a page of HTML for a bad body and for 500, nothing else. */
function fallback(outcome: RelayOutcome): Content {
  if (asksForCredentials(outcome)) {
    return { kind: 'text', type: 'text/plain', text: 'Credentials are required to access this resource.' }
  }
  const status = pages[outcome.kind]
  if (status === undefined) return { kind: 'none' }
  return {
    kind: 'text',
    type: 'text/html;charset=ISO-8859-1',
    text: `<html><body><h2>HTTP ERROR: ${status}</h2></body></html>\n`,
  }
}

const pages: Readonly<Partial<Record<RelayOutcome['kind'], number>>> = {
  'malformed-body': 400,
  'mistyped-body': 400,
  'empty-body': 422,
  'incomplete-body': 422,
  crashed: 500,
}
