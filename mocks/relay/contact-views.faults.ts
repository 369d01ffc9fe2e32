import { TOKEN_CHARACTERS } from '#protocol/relay/tokens.ts'
import type { Account } from './entities.ts'
import { contactOf, type Contact, type DirectoryRules, type DirectoryScene } from './directory.ts'
import { documented } from './rulebook.ts'
import { fault, type RelayFault } from './fault.ts'

const { confirmation, directory } = documented

type Same = (token: string, other: string) => boolean

/** Faults in which contacts a directory finds among many, and in how it describes them later and elsewhere. */
export const CONTACT_VIEW_FAULTS: readonly RelayFault[] = [
  fault('RELAY-DIRECTORY-03/ignores-case', 'tokens are compared without case', {
    directory: { find: comparing((token, other) => token.toLowerCase() === other.toLowerCase()) },
  }),
  fault('RELAY-DIRECTORY-03/compares-the-beginning', 'tokens are compared in all but their last character', {
    directory: { find: comparing((token, other) => token.slice(0, -1) === other.slice(0, -1)) },
  }),
  fault('RELAY-DIRECTORY-03/compares-the-end', 'tokens are compared in their last twelve characters', {
    directory: { find: comparing((token, other) => token.slice(2) === other.slice(2)) },
  }),
  fault('RELAY-DIRECTORY-12/keeps-sms-of-the-first-registration', 'a contact stays one without SMS', {
    confirmation: { account: keeping((previous, supportsSms) => previous && supportsSms) },
  }),
  fault('RELAY-DIRECTORY-13/keeps-sms-of-an-earlier-registration', 'a contact stays one with SMS', {
    confirmation: { account: keeping((previous, supportsSms) => previous || supportsSms) },
  }),
  fault('RELAY-DIRECTORY-22/leaves-out-the-caller', 'the number of the caller is not answered', {
    directory: {
      order: ['authenticate', 'body', 'limit', 'tokens', 'others'],
    },
  }),
  ...[25, 100].map((most) =>
    fault(
      `RELAY-DIRECTORY-23/answers-${most}-tokens`,
      `the tokens after the first ${most} are not looked at`,
      {
        directory: { matches: (tokens, scene) => directory.matches(tokens.slice(0, most), scene) },
      },
    ),
  ),
  fault('RELAY-DIRECTORY-23/answers-two-contacts', 'two contacts are answered at most', {
    directory: { matches: (tokens, scene) => directory.matches(tokens, scene).slice(0, 2) },
  }),
  fault('RELAY-DIRECTORY-24/tells-no-sms-of-peers', 'supportsSms is left out where a contact is at a peer', {
    directory: { find: atPeers(() => false) },
  }),
  fault('RELAY-DIRECTORY-24/tells-sms-of-every-peer', 'supportsSms is true of every contact at a peer', {
    directory: { find: atPeers(() => true) },
  }),
]

/** A search that takes other tokens for the same. */
function comparing(isSame: Same): DirectoryRules['find'] {
  return (token, scene) => {
    const exact = directory.find(token, scene)
    if (exact !== undefined || token.length !== TOKEN_CHARACTERS) return exact
    const known = [...scene.state.numbersByToken].find(([other]) => isSame(token, other))
    return known === undefined ? undefined : here(token, known[1], scene)
  }
}

function here(token: string, number: string, scene: DirectoryScene): Contact | undefined {
  const contact = contactOf(number, scene)
  return contact && { token, ...contact }
}

function atPeers(supportsSms: (contact: Contact) => boolean): DirectoryRules['find'] {
  return (token, scene) => {
    const contact = directory.find(token, scene)
    return contact === undefined || contact.relay === null
      ? contact
      : { ...contact, supportsSms: supportsSms(contact) }
  }
}

function keeping(kept: (previous: boolean, supportsSms: boolean) => boolean): typeof confirmation.account {
  return (registration, previous): Account => {
    const account = confirmation.account(registration, previous)
    const { supportsSms } = account
    return {
      ...account,
      supportsSms: previous === undefined ? supportsSms : kept(previous.supportsSms, supportsSms),
    }
  }
}
