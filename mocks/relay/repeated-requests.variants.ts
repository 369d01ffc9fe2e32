import { memory } from '#mocks/engine/memory.ts'
import { decided } from '#mocks/engine/decision.ts'
import { namedBy, settling } from './also-changing.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { authentication } = documented

const confirmedOf = memory(() => new Set<string>())

/** Relays that answer a request that is made again as they did before, and are right. */
export const REPEATED_REQUEST_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-VERIFY-21/takes-a-confirmation-again',
    summary:
      'a confirmation that comes again with its code and its credentials answers 200 and changes nothing',
    open: 'nothing says how often a code confirms, and a PUT may be repeated',
    patch: settling('confirm-code', ['confirmed', 'no-code'], ({ event, decision, state }) => {
      const credentials = authentication.read(event.authorization, 'confirm-code')
      if (credentials.kind !== 'credentials') return decision
      const { number, password } = credentials
      const confirmation = `${number} ${event.code} ${password}`
      const confirmed = confirmedOf(state)
      if (decision.outcome.kind === 'confirmed') {
        confirmed.add(confirmation)
        return decision
      }
      const isHeld = namedBy(event, state)?.device.password === password
      return isHeld && confirmed.has(confirmation) ? decided('confirm-code', 'confirmed') : decision
    }),
    areas: ['RELAY-AUTH'],
    alone: true,
  }),
]
