import type { Protocol } from '#protocol/requirements.ts'
import type { ParsedScenario } from '../pickles.ts'

/**
 * The operations of each protocol, named as its model names them, with the words by which a step asks for it. What every
 * request needs first (an account, a key, a challenge) is none of them.
 */
export const OPERATIONS: Readonly<Record<Protocol, Readonly<Record<string, RegExp>>>> = {
  relay: {
    'ask for a code': /asks? for a code/,
    'confirm a number': /confirms? (?:with|a number)|is confirmed|register (?:again|anew)/,
    'set a push id': /(?:set|submits?) (?:an?|the) (?:apn|gcm) id/,
    'clear a push id': /clears? (?:an?|the) (?:apn|gcm) id/,
    'store prekeys': /store prekeys|uploads? (?:\d+|the) prekeys/,
    'fetch prekeys': /fetch(?:es)? a prekey/,
    'query the directory': /looks? up|query the directory/,
    'send messages': /message (?:Alice|Bob|Carol)|sends? .*message|point Bob/,
    'allocate an attachment': /allocate an attachment/,
    'upload to an attachment': /uploads? an attachment/,
    'download an attachment': /(?:retrieve|download|open) (?:an|the) attachment/,
  },
  mstore: {
    'read the profile': /reads? the profile/,
    'write the profile': /writes?(?: to)? the profile/,
    'change the PIN': /changes? the PIN/,
    'read a folder': /reads? the (?:quota|(?:voicemails |greetings )?folder)/,
    search: /search/,
    'read an object': /read an object|reads (?:the|an unknown) (?:\w+ )?(?:voicemail|greeting)/,
    'download audio': /download/,
    'set a flag': /sets? (?:a|the) flag|activate/,
    'clear a flag': /clears? (?:a|the) flag/,
    'update in bulk': /update in bulk|(?:adds|removes) the flag|mark the/,
    'delete in bulk': /delete in bulk|deletes? the|deletes/,
    'upload a greeting': /upload/,
  },
}

/** The operations that the When of a scenario asks for; what stands behind a ` with ` says how. */
export function operationsOf(protocol: Protocol, { steps }: ParsedScenario): readonly string[] {
  const asked = steps
    .filter(({ type }) => String(type) === 'Action')
    .map(({ text }) => text.split(/(?<=["']) with /)[0] ?? '')
  return Object.entries(OPERATIONS[protocol])
    .filter(([, words]) => asked.some((text) => words.test(text)))
    .map(([name]) => name)
}
