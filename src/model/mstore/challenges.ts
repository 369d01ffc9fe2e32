import { isFree, named, newName } from './naming.ts'
import type { MStoreOperation } from './guarded.ts'
import { mailboxOf, withMailbox } from './state.ts'
import { allowed, violated } from './verdicts.ts'

/** More challenges than a walk takes up again. */
const MOST = 6
const UNAUTHORIZED = 401

/** Takes a challenge, which a later request may answer; between the two other things may happen. */
export const takeChallenge: MStoreOperation = {
  name: 'take a challenge',
  area: 'AUTH',
  risks: ['reads'],
  weight: () => 2,
  choose: (state, party) =>
    mailboxOf(state, party).challenges.length < MOST ? { as: newName(state, 'challenge', party) } : null,
  applies: (state, { party, values }) => isFree(state, party, values['as'] ?? ''),
  situation: (state, { party }) =>
    mailboxOf(state, party).challenges.length === 0 ? 'the first' : 'a further one',
  situations: ['the first', 'a further one'],
  judge: (state, { party, values: { as: name = '' } }, { status, text, isStaleNonce }) => {
    if (status !== UNAUTHORIZED) return violated('MSTORE-AUTH-01', `challenge of ${party}`, ['401', text])
    if (isStaleNonce === true)
      return violated('MSTORE-AUTH-08', `nonce for ${party}`, ['a fresh one', 'one that was issued before'])
    const { challenges } = mailboxOf(state, party)
    const next = withMailbox(state, party, { challenges: [...challenges, name] })
    return allowed(named(next, name), 'MSTORE-AUTH-01', 'MSTORE-AUTH-08')
  },
}
