import { defineParameterType } from '@cucumber/cucumber'
import { PERSONAS } from './relay/party.ts'
import type { PushKind } from './relay/party.ts'

defineParameterType({ name: 'party', regexp: PERSONAS.join('|'), transformer: (name) => name })

defineParameterType({
  name: 'pushKind',
  regexp: /apn|gcm/,
  transformer: (kind): PushKind => (kind === 'apn' ? 'apn' : 'gcm'),
})

/** How a scenario refers to a verification code: one that was sent, changed or not, or one of its own. */
export type CodeReference =
  | { readonly kind: 'sent'; readonly to: string | null; readonly change: string | null }
  | { readonly kind: 'given'; readonly code: string }

defineParameterType({
  name: 'code',
  regexp:
    /the code sent(?: to (Alice|Bob|Carol))?(?: (plus one|without its last digit|behind a zero|followed by a letter))?|the code "(\d+|[a-z]+)"/,
  transformer: (to?: string, change?: string, given?: string): CodeReference =>
    given === undefined
      ? { kind: 'sent', to: to ?? null, change: change ?? null }
      : { kind: 'given', code: given },
})

/** Device ids, in ascending order, as a scenario lists them: `"1, 2"`, `""` for none. */
defineParameterType({
  name: 'ids',
  regexp: /"((?:\d+(?:, \d+)*)?)"/,
  transformer: (list: string): readonly number[] => (list === '' ? [] : list.split(', ').map(Number)),
})
