import { type DirectoryScene, contactOf, type Contact, type DirectoryRules } from './directory.ts'
import { createHash } from 'node:crypto'
import { encodeBase64 } from '#protocol/base64.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { directoryToken, TOKEN_CHARACTERS } from '#protocol/relay/tokens.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { mistyped } from './bodies.ts'
import { documented } from './rulebook.ts'
import { deployedFault, fault, statusFaults, type RelayFault } from './fault.ts'
import { bare } from '#mocks/engine/wire.ts'

const { directory } = documented

/** Faults in the directory of contacts. */
export const DIRECTORY_FAULTS: readonly RelayFault[] = [
  fault('RELAY-DIRECTORY-01/answers-204', 'a query answers 204 without a body', {
    wire: {
      transform: (reply, { operation, kind }) =>
        operation === 'query-directory' && kind === 'answered' ? bare(reply, 204) : reply,
    },
  }),
  fault('RELAY-DIRECTORY-01/answers-an-array', 'the contacts stand in a bare array', {
    directory: { body: (contacts) => contacts },
  }),
  fault('RELAY-DIRECTORY-01/names-them-tokens', 'the array is named tokens', {
    directory: { body: (contacts) => ({ tokens: contacts }) },
  }),
  fault('RELAY-DIRECTORY-02/returns-everybody', 'every registered contact is returned, asked for or not', {
    directory: { matches: (_tokens, scene) => everybody(scene) },
  }),
  fault('RELAY-DIRECTORY-02/returns-nobody', 'no contact is found', {
    directory: { matches: () => [] },
  }),
  fault('RELAY-DIRECTORY-02/returns-strangers', 'a token of no account is returned as well', {
    directory: {
      matches: (tokens, scene) =>
        tokens.map((token) => directory.find(token, scene) ?? { token, relay: null, supportsSms: false }),
    },
  }),
  fault('RELAY-DIRECTORY-03/refuses-where-nobody-is-found', 'a query that finds no contact answers 404', {
    wire: {
      transform: (reply, { kind }) =>
        kind === 'answered' && fromUtf8(reply.body) === '{"contacts":[]}' ? bare(reply, 404) : reply,
    },
  }),
  fault('RELAY-DIRECTORY-03/leaves-out-the-plus', 'tokens are made of the number without its plus sign', {
    directory: { find: madeBy((number) => directoryToken(number.slice(1))) },
  }),
  fault('RELAY-DIRECTORY-03/hashes-with-sha-256', 'tokens are made with SHA-256', {
    directory: { find: madeBy((number) => tokenOf(digest('sha256', number).subarray(0, TOKEN_BYTES))) },
  }),
  fault('RELAY-DIRECTORY-03/takes-the-last-bytes', 'tokens are made of the last 10 bytes of the hash', {
    directory: { find: madeBy((number) => tokenOf(digest('sha1', number).subarray(TOKEN_BYTES))) },
  }),
  fault('RELAY-DIRECTORY-03/takes-the-whole-hash', 'tokens are made of all 20 bytes of the hash', {
    directory: { find: madeBy((number) => tokenOf(digest('sha1', number))) },
  }),
  fault('RELAY-DIRECTORY-04/pads-tokens', 'tokens come back padded', {
    directory: { contact: telling(({ token }) => ({ token: `${token}==` })) },
  }),
  fault('RELAY-DIRECTORY-04/writes-url-safe-tokens', 'tokens come back in the alphabet of URLs', {
    directory: {
      contact: telling(({ token }) => ({ token: token.replaceAll('+', '-').replaceAll('/', '_') })),
    },
  }),
  fault('RELAY-DIRECTORY-05/skips-bad-tokens', 'a token that is no Base64 finds no contact', {
    directory: { token: (element) => ({ kind: 'token', token: element ?? '' }) },
  }),
  ...statusFaults('query-directory', [
    [
      'RELAY-DIRECTORY-05/answers-415',
      'a token that is no Base64 answers 415',
      ['bad-token', 'short-token'],
      415,
    ],
    [
      'RELAY-DIRECTORY-05/crashes-over-one-character',
      'a token of one character answers 500',
      'short-token',
      500,
    ],
    [
      'RELAY-DIRECTORY-07/answers-403',
      'bad credentials answer 403',
      ['no-credentials', 'unknown-number', 'wrong-password'],
      403,
    ],
    ['RELAY-DIRECTORY-08/answers-400', 'malformed JSON answers 400', 'malformed-body', 400],
    ['RELAY-DIRECTORY-08/answers-500', 'malformed JSON answers 500', 'malformed-body', 500],
  ]),
  fault('RELAY-DIRECTORY-06/cuts-tokens', 'a token that is too long counts as its beginning', {
    directory: {
      token: (element) =>
        directory.token(element !== null && isAlphabet(element) ? fitted(element) : element),
    },
  }),
  fault('RELAY-DIRECTORY-06/takes-an-empty-token', 'an empty token finds no contact', {
    directory: {
      token: (element) => (element === '' ? { kind: 'token', token: '' } : directory.token(element)),
    },
  }),
  fault('RELAY-DIRECTORY-07/is-open-to-all', 'who asks is not looked at', {
    directory: { order: ['body', 'tokens', 'answer'] },
  }),
  fault('RELAY-DIRECTORY-09/takes-none-for-empty', 'a query without contacts finds no contact', {
    directory: {
      read: (members, bodies) =>
        bodies.isMissing(members['contacts'])
          ? { kind: 'query', tokens: [] }
          : directory.read(members, bodies),
    },
  }),
  fault('RELAY-DIRECTORY-09/takes-a-text', 'contacts may be one text', {
    directory: {
      read: (members, bodies) =>
        typeof members['contacts'] === 'string'
          ? { kind: 'query', tokens: [] }
          : directory.read(members, bodies),
    },
  }),
  fault('RELAY-DIRECTORY-10/tells-the-url', 'relay holds an address', {
    directory: {
      contact: telling(({ relay }) => ({ relay: relay === null ? undefined : `http://${relay}/` })),
    },
  }),
  fault('RELAY-DIRECTORY-10/omits-the-relay', 'a contact of a peer carries no relay', {
    directory: { contact: telling(() => ({ relay: undefined })) },
  }),
  fault('RELAY-DIRECTORY-10/lists-no-peers', 'contacts of peers are not found', {
    directory: { find: (token, scene) => ownOnly(directory.find(token, scene)) },
  }),
  fault('RELAY-DIRECTORY-11/names-itself', 'a contact of its own carries a relay too', {
    directory: { contact: telling(({ relay }) => ({ relay: relay ?? 'self' })) },
  }),
  fault('RELAY-DIRECTORY-12/tells-nothing-of-sms', 'supportsSms is always left out', {
    directory: { contact: telling(() => ({ supportsSms: undefined })) },
  }),
  fault('RELAY-DIRECTORY-12/tells-a-number', 'supportsSms is 1', {
    directory: { contact: telling(({ supportsSms }) => (supportsSms ? { supportsSms: 1 } : {})) },
  }),
  fault('RELAY-DIRECTORY-13/tells-sms-of-everybody', 'supportsSms is true of every contact', {
    directory: { contact: telling(() => ({ supportsSms: true })) },
  }),
  deployedFault('RELAY-DIRECTORY-14/refuses-an-empty-query', 'a query without tokens is refused', {
    directory: {
      read: (members, bodies) => {
        const read = directory.read(members, bodies)
        return read.kind === 'query' && read.tokens.length === 0 ? mistyped('contacts', 'tokens') : read
      },
    },
  }),
  fault('RELAY-DIRECTORY-15/drops-bad-tokens', 'what is wrong with a token counts only where all are wrong', {
    directory: {
      read: (members, bodies) => {
        const read = directory.read(members, bodies)
        if (read.kind !== 'query') return read
        const good = read.tokens.filter((token) => directory.token(token).kind === 'token')
        return good.length === 0 ? read : { kind: 'query', tokens: good }
      },
    },
  }),
  fault('RELAY-DIRECTORY-16/returns-the-first', 'only the first contact found is returned', {
    directory: { matches: (tokens, scene) => directory.matches(tokens, scene).slice(0, 1) },
  }),
  fault('RELAY-DIRECTORY-16/shifts-attributes', 'each contact has the attributes of the next', {
    directory: {
      matches: (tokens, scene) => {
        const found = directory.matches(tokens, scene)
        return found.map((contact, at) => ({ ...contact, supportsSms: next(found, at).supportsSms }))
      },
    },
  }),
  deployedFault('RELAY-DIRECTORY-17/lists-the-unreachable', 'a number without a push id is returned', {
    directory: {
      find: (token, scene) => {
        const number = scene.state.numbersByToken.get(token)
        const account = number === undefined ? undefined : scene.state.accounts.get(number)
        if (account === undefined) return directory.find(token, scene)
        return { token, relay: null, supportsSms: account.supportsSms }
      },
    },
  }),
  fault('RELAY-DIRECTORY-18/crashes-over-null', 'null for a token answers 500', {
    directory: {
      read: (members, bodies) =>
        isArrayOf(members['contacts'], null)
          ? { kind: 'query', tokens: [null] }
          : directory.read(members, bodies),
    },
    status: { 'query-directory': { 'null-token': 500 } },
  }),
  fault('RELAY-DIRECTORY-18/takes-numbers', 'a number for a token finds no contact', {
    directory: {
      read: (members, bodies) =>
        isArrayOf(members['contacts'], 1) ? { kind: 'query', tokens: [] } : directory.read(members, bodies),
    },
  }),
]

const TOKEN_BYTES = 10

type ContactMembers = Readonly<Record<string, Json | undefined>>

/** An entry as documented, but for the members that are given. */
function telling(members: (contact: Contact) => ContactMembers): DirectoryRules['contact'] {
  return (contact, scene) => ({
    ...(directory.contact(contact, scene) as ContactMembers),
    ...members(contact),
  })
}

/** A search by tokens that are made otherwise. */
function madeBy(make: (number: string) => string): DirectoryRules['find'] {
  return (token, scene) => {
    const number = [...scene.state.accounts.keys()].find((candidate) => make(candidate) === token)
    const here = number === undefined ? undefined : contactOf(number, scene)
    return here === undefined ? undefined : { token, ...here }
  }
}

function everybody(scene: DirectoryScene): readonly Contact[] {
  return [...scene.state.numbersByToken.keys()].flatMap((token) => directory.find(token, scene) ?? [])
}

function ownOnly(contact: Contact | undefined): Contact | undefined {
  return contact?.relay === null ? contact : undefined
}

function next(contacts: readonly Contact[], at: number): Contact {
  const [first] = contacts
  const contact = contacts[at + 1] ?? first
  if (contact === undefined) throw new Error('expected a contact, got none')
  return contact
}

function isAlphabet(text: string): boolean {
  return /^[A-Za-z0-9+/]+$/.test(text)
}

function fitted(text: string): string {
  return text.slice(0, TOKEN_CHARACTERS)
}

function isArrayOf(value: unknown, element: unknown): boolean {
  return Array.isArray(value) && value.length === 1 && value[0] === element
}

function tokenOf(bytes: Uint8Array): string {
  return encodeBase64(bytes, { padded: false })
}

function digest(algorithm: 'sha1' | 'sha256', text: string): Uint8Array {
  return createHash(algorithm).update(text, 'utf8').digest()
}
