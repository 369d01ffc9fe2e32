import { bare } from '#mocks/engine/wire.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { codes } = documented

/** Relays that are right otherwise where a code is asked for. */
export const CODE_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-CODE-08/limits-all-numbers-together',
    summary: 'one limiter counts the SMS of all numbers',
    open: 'what a limiter counts is not said',
    patch: { limits: { keys: { sms: () => 'all' } } },
    scenarios: ['RELAY-CODE-08'],
    alone: true,
  }),
  variant({
    id: 'RELAY-CODE-05/lets-more-through',
    summary: 'five requests for a code pass at once, one more after five seconds',
    open: 'the figures of the limits are not said',
    patch: {
      limits: { figures: { sms: { burst: 5, refillMs: 5000 }, voice: { burst: 4, refillMs: 5000 } } },
    },
  }),
  variant({
    id: 'RELAY-CODE-05/says-when-to-retry',
    summary: 'a refusal by a limiter has a Retry-After and a text',
    open: 'the list of answers says nothing of headers and bodies of a 413',
    patch: {
      wire: {
        headers: (outcome) => [
          ...documented.wire.headers(outcome),
          ...(outcome.kind === 'limited' ? RETRY : []),
        ],
      },
    },
  }),
  variant({
    id: 'RELAY-CODE-07/refuses-malformed-credentials',
    summary: 'a request for a code with an Authorization that cannot be read answers 400',
    open: 'requests for a code are printed without credentials; nothing is said of others',
    patch: {
      wire: {
        transform: (reply, _outcome, { kind, authorization = 'Basic YTpi' }) =>
          kind === 'request-code' && !/^Basic [A-Za-z0-9+/]{4,}=*$/.test(authorization)
            ? bare(reply, 400)
            : reply,
      },
    },
  }),
  variant({
    id: 'RELAY-CODE-10/four-digits',
    summary: 'a code has four digits, zeros in front among them',
    open: 'a code is "numeric only"; its length is not said',
    patch: { codes: { draw: ({ world }) => String(world.randomInt(0, 10_000)).padStart(4, '0') } },
    alone: true,
  }),
  variant({
    id: 'RELAY-CODE-10/twenty-digits',
    summary: 'a code has twenty digits',
    open: 'a code is "numeric only"; its length is not said',
    patch: {
      codes: { draw: (scene) => `${'9'.repeat(14)}${codes.draw(scene)}` },
    },
  }),
  variant({
    id: 'RELAY-CODE-12/sends-the-same-again',
    summary: 'a second request sends the code that is pending already',
    open: 'whether a second request draws another code is not said',
    patch: {
      codes: {
        issue: (issued, scene) =>
          codes.issue({ ...issued, code: scene.state.pendingCodes.get(issued.number) ?? issued.code }, scene),
      },
    },
  }),
  variant({
    id: 'RELAY-CODE-13/looks-at-the-transport-first',
    summary: 'where transport and number are bad, the answer names the transport',
    open: 'the order of checks is not said',
    patch: { codes: { order: ['transport', 'number', 'limit', 'issue'] } },
  }),
  variant({
    id: 'RELAY-CODE-14/takes-other-writings',
    summary: 'a number needs no plus, may hold hyphens, and has three digits or more',
    open: 'what a "badly formatted number" is, the specification does not define',
    dialects: ['documented'],
    patch: { codes: { isWellFormed: (number) => /^\+?\d[\d-]{2,15}$/.test(number) } },
    alone: true,
  }),
  variant({
    id: 'RELAY-CODE-14/takes-seven-digits',
    summary: 'numbers of seven digits and more are well formed',
    open: 'what a "badly formatted number" is, the specification does not define',
    patch: { codes: { isWellFormed: (number) => /^\+\d{7,15}$/.test(number) } },
  }),
]

const RETRY = [['Retry-After', '30']] as const
