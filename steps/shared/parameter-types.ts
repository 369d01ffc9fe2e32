import { defineParameterType } from '@cucumber/cucumber'
import { PERSONAS } from './support/personas.ts'

defineParameterType({ name: 'party', regexp: PERSONAS.join('|'), transformer: (name) => name })

/** A part of a request: `body`, `digest`, `password of`, or a header such as `Content-Type`. */
defineParameterType({
  name: 'deviation',
  regexp: /[A-Z][A-Za-z-]*|[a-z]+(?: [a-z]+)?/,
  transformer: (name) => name,
})

/** Something that a table describes: `the challenge`, `the quota of Alice's greetings`, `Alice's profile`. */
defineParameterType({
  name: 'artifact',
  regexp: new RegExp(`(?:the (?!answer has:)|(?:${PERSONAS.join('|')})'s ).+`),
  transformer: (name) => name,
})

/** Several things of one kind. */
defineParameterType({
  name: 'list',
  regexp: /results|contacts found|fields of the signal to \w+/,
  transformer: (name) => name,
})

/** Things that are to differ: `Alice's voicemails`, `the frames to Bob`. */
defineParameterType({ name: 'things', regexp: /.+/, transformer: (name) => name })

/** A part of what the server keeps for a party: `profile`, `prekeys`. */
defineParameterType({ name: 'part', regexp: /(?:second device's )?[a-z]+/, transformer: (name) => name })

/** What a party may find: `Bob`, `the greeting "late" among the greetings`. */
defineParameterType({
  name: 'findable',
  regexp: new RegExp(`${PERSONAS.join('|')}|(?:the|an) .+`),
  transformer: (name) => name,
})
