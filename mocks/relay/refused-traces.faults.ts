import { fromUtf8 } from '#protocol/bytes.ts'
import { alsoChanging, namedBy } from './also-changing.ts'
import { isObject } from './bodies.ts'
import type { RawBody } from './requests.ts'
import { walkFault, type RelayFault } from './fault.ts'

/** Faults by which a refused request changes one part of what it names. */
export const REFUSED_TRACE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-VERIFY-34/takes-the-signaling-key-of-a-wrong-code',
    'a wrong code of a number that has an account is refused, and the signaling key is stored',
    alsoChanging('confirm-code', ['wrong-code', 'no-code'], ({ event, state }) => {
      const named = namedBy(event, state)
      const account = named?.account
      const first = account?.devices.get(1)
      const signalingKey = memberOf(event.body, 'signalingKey')
      return account === undefined || first === undefined || typeof signalingKey !== 'string'
        ? []
        : [{ kind: 'device-stored', number: account.number, device: { ...first, signalingKey } }]
    }),
  ),
]

function memberOf({ bytes }: RawBody, name: string): unknown {
  if (bytes === 'too-long') return undefined
  try {
    const body: unknown = JSON.parse(fromUtf8(bytes) ?? 'null')
    return isObject(body) ? body[name] : undefined
  } catch {
    return undefined
  }
}
