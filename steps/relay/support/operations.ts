import { directoryToken } from '#protocol/relay/tokens.ts'
import {
  allocateAttachment,
  clearPushId,
  fetchPrekeys,
  queryDirectory,
  requestCode,
  retrieveAttachment,
  sendMessages,
  setPushId,
  uploadPrekeys,
} from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { allocate, latest } from './blobs.ts'
import { messageToAll, outgoing } from './outgoing.ts'
import type { Party } from './party.ts'
import { newPrekeys } from './prekey-set.ts'
import {
  askForCode,
  codeSent,
  confirmation,
  credentials,
  drawDevice,
  register,
  replaceDevices,
  storePrekeys,
} from './registration.ts'
import type { RelaySession } from './session.ts'

/** An operation: what must be there before it, and a request that is right but for what its name says. */
export interface Operation {
  readonly prepare: (session: RelaySession, party: Party) => Promise<void>
  readonly request: (session: RelaySession, party: Party) => WireRequest
}

/** The operation of that name; throws where there is none. */
export function operationNamed(name: string): Operation {
  const operation = operations[name]
  if (operation === undefined)
    throw new Error(`operation: expected ${Object.keys(operations).join(', ')}; got "${name}"`)
  return operation
}

const CUT_SHORT = '{"cut":['

const withGcm = (session: RelaySession, party: Party) => register(session, party)
const withApn = (session: RelaySession, party: Party) => register(session, party, { push: 'apn' })

async function withCode(session: RelaySession, party: Party): Promise<void> {
  await askForCode(session, party)
  replaceDevices(party, drawDevice(session, party))
  party.code = await codeSent(party)
}

async function withBob(session: RelaySession, party: Party): Promise<void> {
  await register(session, party)
  await register(session, session.party('Bob'))
}

async function withBobsPrekeys(session: RelaySession, party: Party): Promise<void> {
  await withBob(session, party)
  await storePrekeys(session, session.party('Bob'))
}

async function withAttachment(session: RelaySession, party: Party): Promise<void> {
  await register(session, party)
  await allocate(session, party)
}

function toBob(session: RelaySession, party: Party) {
  return { from: party, to: session.party('Bob') }
}

const setId = (kind: 'apn' | 'gcm') => (_: RelaySession, party: Party) =>
  setPushId(kind, credentials(party), `${kind}-other`)
const clearId = (kind: 'apn' | 'gcm') => (_: RelaySession, party: Party) =>
  clearPushId(kind, credentials(party))
const query = (_: RelaySession, party: Party) =>
  queryDirectory(credentials(party), [directoryToken(party.number)])
const store = (session: RelaySession, party: Party) =>
  uploadPrekeys(credentials(party), newPrekeys(session.random))
const send = (session: RelaySession, party: Party) => messageToAll(session, toBob(session, party)).request

const operations: Readonly<Record<string, Operation>> = {
  'ask for a code': {
    prepare: () => Promise.resolve(),
    request: (_, party) => requestCode('sms', party.number),
  },
  'confirm a number': { prepare: withCode, request: (_, party) => confirmation(party, party.code) },
  'set an apn id': { prepare: withGcm, request: setId('apn') },
  'clear an apn id': { prepare: withApn, request: clearId('apn') },
  'set a gcm id': { prepare: withGcm, request: setId('gcm') },
  'clear a gcm id': { prepare: withGcm, request: clearId('gcm') },
  'store prekeys': { prepare: withGcm, request: store },
  'query the directory': { prepare: withGcm, request: query },
  'fetch a prekey': {
    prepare: withBobsPrekeys,
    request: (session, party) => fetchPrekeys(credentials(party), session.party('Bob').number, 1),
  },
  'fetch a prekey of every device': {
    prepare: withBobsPrekeys,
    request: (session, party) => fetchPrekeys(credentials(party), session.party('Bob').number, '*'),
  },
  'send a message': { prepare: withBob, request: send },
  'allocate an attachment': {
    prepare: withGcm,
    request: (_, party) => allocateAttachment(credentials(party)),
  },
  'retrieve an attachment': {
    prepare: withAttachment,
    request: (session, party) => retrieveAttachment(credentials(party), latest(session).id),
  },
  'send a message to an unknown number': {
    prepare: withBob,
    request: (session, party) => ({
      ...sendMessages(credentials(party), session.unusedNumber(), { messages: [] }),
      body: send(session, party).body,
    }),
  },
  'send a message for a device too many': {
    prepare: withBob,
    request: (session, party) =>
      outgoing(session, toBob(session, party), [{ device: '1' }, { device: '3' }]).request,
  },
  'send a message to a stale installation': {
    prepare: withBob,
    request: (session, party) =>
      outgoing(session, toBob(session, party), [{ registrationId: 'stale' }]).request,
  },
  'send a message in malformed JSON': {
    prepare: withBob,
    request: (session, party) => withBody(send(session, party), CUT_SHORT),
  },
  'query the directory for a bad token': {
    prepare: withGcm,
    request: (_, party) => queryDirectory(credentials(party), ['!!!!!!!!!!!!!!']),
  },
  'query the directory in malformed JSON': {
    prepare: withGcm,
    request: (session, party) => withBody(query(session, party), CUT_SHORT),
  },
  'fetch a prekey of an unknown number': {
    prepare: withGcm,
    request: (session, party) => fetchPrekeys(credentials(party), session.unusedNumber(), 1),
  },
  'store prekeys in malformed JSON': {
    prepare: withGcm,
    request: (session, party) => withBody(store(session, party), CUT_SHORT),
  },
  'set an apn id in malformed JSON': {
    prepare: withGcm,
    request: (session, party) => withBody(setId('apn')(session, party), CUT_SHORT),
  },
  'set a gcm id in malformed JSON': {
    prepare: withGcm,
    request: (session, party) => withBody(setId('gcm')(session, party), CUT_SHORT),
  },
}
