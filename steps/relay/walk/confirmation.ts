import type { Ask } from '#model/ask.ts'
import { numberGiven } from '#model/relay/given-names.ts'
import { keptOf } from '#model/relay/kept-parts.ts'
import { confirm } from '#driver/relay/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Observed } from '../../shared/support/session.ts'
import { otherCode } from '../support/confirmations.ts'
import { spoilt, type Spoilt } from './bodies.ts'
import { authorized } from './credentials.ts'
import { allPushed } from './pushes.ts'
import type { RelayWalkParty } from './walk-party.ts'
import { seen, type RelayPerformer, type RelayWalk } from './walk.ts'

const WAYS: Readonly<Record<string, Spoilt>> = {
  'without signalingKey': { path: 'signalingKey' },
  'signalingKey a list': { path: 'signalingKey', value: ['key'] },
  'signalingKey null': { path: 'signalingKey', value: null },
}

/** Codes that miss the right one. */
const MISSED_CODES: Readonly<Record<string, (code: string) => string>> = {
  wrong: otherCode,
  'with a letter': (code) => `${code.slice(0, -1)}a`,
  'followed by a letter': (code) => `${code}a`,
  'without its last digit': (code) => code.slice(0, -1),
  'without its first digit': (code) => code.slice(1),
  'with another first digit': (code) => `${code.startsWith('9') ? '8' : '9'}${code.slice(1)}`,
  'with two digits exchanged': (code) => exchanged(code),
  'with a digit more': (code) => `${code}0`,
}

/** The code with two of its digits exchanged; with another last one where all are the same. */
function exchanged(code: string): string {
  const place = Array.from(code).findIndex((digit, index) => index > 0 && digit !== code[index - 1])
  return place < 1
    ? otherCode(code)
    : `${code.slice(0, place - 1)}${code.charAt(place)}${code.charAt(place - 1)}${code.slice(place + 1)}`
}

/** A code that was never issued. */
const ANY_CODE = '123456'

/** Confirms the party's number with what was drawn for a registration. */
export const confirmANumber: RelayPerformer = async (walk, ask) =>
  seen(await confirmed(walk, ask, await codeFor(walk, ask)))

/** Makes the confirmation of a registration with that code, and keeps what came of it. */
export async function confirmed(walk: RelayWalk, ask: Ask, code: string): Promise<Observed> {
  const party = walk.party(ask.party)
  const request = spoilt(confirmation(party, ask, code), ask.values['body'], WAYS)
  await allPushed(party)
  const observed = await walk.ask(party, authorized(walk, ask, request))
  party.confirmed(observed, { registration: numberGiven(ask), code })
  return observed
}

function confirmation(party: RelayWalkParty, ask: Ask, code: string): WireRequest {
  const { number, node } = party
  const { supportsSms } = ask.values
  const { password, signalingKey, registrationId } = party.install(`registration ${numberGiven(ask)}`, {
    form: ask.values['password'],
    kept: keptOf(ask),
  })
  const isText = node.target.registrationId === 'text'
  const username = node.target.username === 'number' ? number : `${number}.1`
  return confirm({ username, password }, code, {
    signalingKey,
    supportsSms: supportsSms === 'yes',
    registrationId: isText ? String(registrationId) : registrationId,
  })
}

/** The code that an ask names: by default the one that was sent last. */
async function codeFor(walk: RelayWalk, { party, values: { code } }: Ask): Promise<string> {
  const [, other] = /^of (.+)$/.exec(code ?? '') ?? []
  if (code === 'any') return ANY_CODE
  if (code === 'used') return walk.party(party).usedCode
  const right = await latestCode(walk.party(other ?? party))
  const missed = MISSED_CODES[code ?? '']?.(right)
  if (missed !== undefined) walk.party(party).node.secrets.add(missed, 'changed code')
  return missed ?? right
}

/** The code that was sent to the party last. */
export async function latestCode({ node, number, transport }: RelayWalkParty): Promise<string> {
  const code = await node.capabilities.verificationCodes.latest(number, transport)
  node.secrets.add(code, 'verification code')
  return code
}
