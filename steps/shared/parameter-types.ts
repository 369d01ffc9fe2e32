import { defineParameterType } from '@cucumber/cucumber'
import { PERSONAS } from './personas.ts'

defineParameterType({ name: 'party', regexp: PERSONAS.join('|'), transformer: (name) => name })

/** A part of a request: `body`, `digest`, `password of`, or a header such as `Content-Type`. */
defineParameterType({
  name: 'deviation',
  regexp: /[A-Z][A-Za-z-]*|[a-z]+(?: [a-z]+)?/,
  transformer: (name) => name,
})
