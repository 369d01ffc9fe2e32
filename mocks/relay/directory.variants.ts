import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { Contact } from './directory.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { directory } = documented

const SMS_PRINTED =
  'supportsSms is printed where it is true; whether it is absent, null or false elsewhere is not said'
const NO_ORDER = 'the specification gives the contacts of an answer no order'

/** Directories that are right otherwise. */
export const DIRECTORY_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-DIRECTORY-14/refuses-an-empty-query',
    summary: 'a query without tokens answers 400',
    open: 'the list is shown with tokens in it only',
    dialects: ['documented'],
    patch: {
      directory: {
        read: (members, bodies) => {
          const read = directory.read(members, bodies)
          return read.kind === 'query' && read.tokens.length === 0 ? { kind: 'query', tokens: [''] } : read
        },
      },
    },
  }),
  variant({
    id: 'RELAY-DIRECTORY-13/null-for-no-sms',
    summary: 'supportsSms is null where SMS is not supported, and relay is null for an own contact',
    open: SMS_PRINTED,
    patch: {
      directory: {
        contact: (contact, scene) => ({
          relay: null,
          supportsSms: null,
          ...documentedContact(contact, scene),
        }),
      },
    },
  }),
  variant({
    id: 'RELAY-DIRECTORY-13/false-for-no-sms',
    summary: 'supportsSms is false where SMS is not supported, and relay is empty for an own contact',
    open: SMS_PRINTED,
    patch: {
      directory: {
        contact: (contact, scene) => ({
          relay: '',
          supportsSms: false,
          ...documentedContact(contact, scene),
        }),
      },
    },
  }),
  variant({
    id: 'RELAY-DIRECTORY-12/writes-sms-as-text',
    summary: 'supportsSms is "true" or "false"',
    open: 'supportsSms="true"',
    patch: {
      directory: {
        contact: (contact, scene) => ({
          ...documentedContact(contact, scene),
          supportsSms: String(contact.supportsSms),
        }),
      },
    },
  }),
  variant({
    id: 'RELAY-DIRECTORY-01/adds-members',
    summary:
      'the answer and each contact have members that the specification does not have, before the others',
    open: 'the specification does not say that there are no others',
    patch: {
      directory: {
        contact: (contact, scene) => ({ name: null, voice: true, ...documentedContact(contact, scene) }),
        body: (contacts) => ({ version: 1, count: contacts.length, contacts }),
      },
    },
  }),
  variant({
    id: 'RELAY-DIRECTORY-16/answers-in-another-order',
    summary: 'contacts come back in the order of their tokens',
    open: NO_ORDER,
    patch: {
      directory: {
        matches: (tokens, scene) => directory.matches(tokens, scene).toSorted(byToken),
      },
    },
  }),
  variant({
    id: 'RELAY-DIRECTORY-20/answers-each-token-once',
    summary: 'a token that is asked for twice is answered once, the last one first',
    open: NO_ORDER,
    patch: {
      directory: {
        matches: (tokens, scene) => directory.matches([...new Set(tokens)].toReversed(), scene),
      },
    },
  }),
  variant({
    id: 'RELAY-DIRECTORY-06/takes-padding',
    summary: 'a padded token is taken for what it is without padding',
    open: 'a server may be lenient about a sentence that binds the client',
    patch: {
      directory: {
        token: (element) => {
          const read = decodeBase64(element ?? '')
          const plain = read.kind === 'decoded' ? encodeBase64(read.bytes, { padded: false }) : element
          return directory.token(plain)
        },
      },
    },
  }),
  variant({
    id: 'RELAY-DIRECTORY-09/answers-422-and-400',
    summary: 'a query without contacts answers 422, one with contacts of another type 400',
    open: '415 is listed for badly formatted JSON, and nothing for JSON that lacks what it should have',
    patch: { status: { 'query-directory': { 'incomplete-body': 422, 'mistyped-body': 400 } } },
  }),
  variant({
    id: 'RELAY-DIRECTORY-19/counts-queries',
    summary: 'thirty tokens are what a query may have, and more of them are refused with 413',
    open: 'the specification says nothing of how many tokens a query may have',
    patch: { limits: { figures: { contacts: { burst: 30, refillMs: 10 } } } },
  }),
]

function documentedContact(
  contact: Contact,
  scene: Parameters<typeof directory.contact>[1],
): Readonly<Record<string, Json>> {
  return directory.contact(contact, scene) as Readonly<Record<string, Json>>
}

function byToken(one: Contact, other: Contact): number {
  return one.token < other.token ? -1 : 1
}
