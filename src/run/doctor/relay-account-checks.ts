import { CapabilityFailure } from '#driver/capabilities/failures.ts'
import { enabling } from '#driver/capabilities/has-capability.ts'
import { allocateAttachment, queryDirectory, setPushId } from '#driver/relay/operations.ts'
import { newPassword, newPushId } from '#driver/relay/parties.ts'
import type { RelayTarget } from '#driver/target.ts'
import type { WireResult } from '#driver/wire-client.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { randomBytes } from 'node:crypto'
import { asked, gotOf, isGranted, isRefused, statusOf } from './asked.ts'
import { check, type DoctorCheck } from './check.ts'
import type { RelayFacts } from './relay-facts.ts'
import {
  askCode,
  confirmAccount,
  credentialsOf,
  newAccount,
  pushIdBack,
  sentCode,
  type RelayForms,
  type TrialAccount,
} from './relay-account.ts'

const LIMITED = 413
const WRONG_CODE = 403
const UNAUTHORIZED = 401
const MALFORMED = [400, 415, 422]
const CODE_KEY = ['capabilities', 'verificationCode'] as const

/** Whether the code that the file has looked up is the one that confirms, and in which form a confirmation is taken. */
export const CODE_CHECK: DoctorCheck<RelayTarget, RelayFacts> = check<
  RelayTarget,
  RelayFacts,
  'limited' | 'not-sent' | 'no-code' | 'other-code' | 'username' | 'registration-id' | 'refused'
>({
  name: 'verification code',
  needs: ['refusals'],
  risks: ['writes', 'sends'],
  run: async (target) => {
    if (target.capabilities.verificationCode === null)
      return {
        kind: 'note',
        said: `not in the file, and nearly every scenario needs it: ${enabling('verificationCode')}`,
      }
    const account = newAccount()
    const sent = await askCode(target, account)
    if (!isGranted(sent)) {
      const limited = [LIMITED, 429].includes(statusOf(sent) ?? 0)
      return {
        kind: 'wrong',
        code: limited ? 'limited' : 'not-sent',
        got: `the request for a code got ${gotOf(sent)}`,
      }
    }
    const code = await sentCode(target, account).catch((error: unknown) => {
      if (error instanceof CapabilityFailure) return error
      throw error
    })
    if (code instanceof CapabilityFailure) return { kind: 'wrong', code: 'no-code', got: code }
    const results = []
    for (const forms of formsFrom(target)) {
      const result = await confirmAccount(target, account, { code, ...forms })
      if (isGranted(result)) return confirmedAs(target, forms, { account })
      results.push(result)
      if (statusOf(result) === WRONG_CODE)
        return {
          kind: 'wrong',
          code: 'other-code',
          got: 'the code that is looked up is not the one that confirms: the relay answers 403',
        }
      if (![UNAUTHORIZED, ...MALFORMED].includes(statusOf(result) ?? 0)) break
    }
    const got = [...new Set(results.map(gotOf))].join(', ')
    return { kind: 'wrong', code: 'refused', got: `a confirmation with the right code got ${got}` }
  },
  advice: {
    limited: {
      blame: 'target',
      at: null,
      todo: () => 'wait until its limiter lets codes through again, or raise its limit',
    },
    'not-sent': {
      blame: 'target',
      at: null,
      todo: () => 'let the relay send codes to unassigned numbers such as +12925550123',
    },
    'no-code': {
      blame: 'file',
      at: CODE_KEY,
      todo: () => `write what gives the code of the number it is asked for:  ${enabling('verificationCode')}`,
    },
    'other-code': {
      blame: 'file',
      at: CODE_KEY,
      todo: () => 'let it print the code sent last to the number and by the transport that it is given',
    },
    username: { blame: 'file', at: ['username'], todo: (name) => `write  username: ${name}` },
    'registration-id': {
      blame: 'file',
      at: ['registrationId'],
      todo: (form) => `write  registrationId: ${form}`,
    },
    refused: {
      blame: 'target',
      at: null,
      todo: () => 'look at the log of the relay: no account can be made',
    },
  },
})

/** As the file says, then otherwise in one point, then in both. */
function formsFrom({ username, registrationId }: RelayTarget): readonly RelayForms[] {
  const otherName = username === 'number' ? 'number.device' : 'number'
  const otherId = registrationId === 'number' ? 'text' : 'number'
  return [
    { username, registrationId },
    { username, registrationId: otherId },
    { username: otherName, registrationId },
    { username: otherName, registrationId: otherId },
  ]
}

function confirmedAs(target: RelayTarget, forms: RelayForms, learned: Partial<RelayFacts>) {
  if (forms.registrationId !== target.registrationId) {
    // Where the username is another too, the check of authentication says so.
    const mended = { ...target, registrationId: forms.registrationId }
    const got = `a registration id as ${target.registrationId} is refused`
    return {
      kind: 'wrong',
      code: 'registration-id',
      got,
      value: forms.registrationId,
      mended,
      learned,
    } as const
  }
  if (forms.username !== target.username) {
    const got = `the username ${target.username} is refused`
    const mended = { ...target, ...forms }
    return { kind: 'wrong', code: 'username', got, value: forms.username, mended, learned } as const
  }
  return { kind: 'well', said: 'the code that is looked up confirms', learned } as const
}

/** Whether an account's own credentials are taken, and others are not. */
export const AUTHENTICATION_CHECK: DoctorCheck<RelayTarget, RelayFacts> = check<
  RelayTarget,
  RelayFacts,
  'username' | 'refused'
>({
  name: 'authentication',
  needs: ['verification code'],
  risks: [],
  run: async (target, { account }) => {
    if (account === undefined) throw new Error('authentication: expected an account, got none')
    const other = { ...target, username: target.username === 'number' ? 'number.device' : 'number' } as const
    const own = await asAccount(target, account)
    if (isAbsent(own))
      return { kind: 'well', said: 'not seen: the operations that would show it are not there' }
    if (!isGranted(own)) {
      return isGranted(await asAccount(other, account))
        ? {
            kind: 'wrong',
            code: 'username',
            got: `the username ${target.username} got ${gotOf(own)}`,
            value: other.username,
            mended: other,
          }
        : { kind: 'wrong', code: 'refused', got: `right credentials got ${gotOf(own)}` }
    }
    const wrong = await asAccount(target, { ...account, password: newPassword(randomBytes) })
    const said = isGranted(wrong) ? 'is taken too, which a run reports' : `got ${gotOf(wrong)}`
    return { kind: 'well', said: `own credentials are taken; a wrong password ${said}` }
  },
  advice: {
    username: { blame: 'file', at: ['username'], todo: (name) => `write  username: ${name}` },
    refused: {
      blame: 'target',
      at: null,
      todo: () => 'look at the log of the relay: accounts that it confirmed cannot log in',
    },
  },
})

/** What shows whether credentials are taken: the first of these operations that is there. */
async function asAccount(target: RelayTarget, account: TrialAccount): Promise<WireResult> {
  const credentials = credentialsOf(account, target)
  const place = await asked(target, allocateAttachment(credentials))
  return isAbsent(place)
    ? asked(target, queryDirectory(credentials, [directoryToken(account.number)]))
    : place
}

/** Statuses that say an operation is not there. */
const ABSENT = [404, 405, 501]

function isAbsent(result: WireResult): boolean {
  return ABSENT.includes(statusOf(result) ?? 0)
}

/** Whether a device becomes reachable as the file says. */
export const REACHABLE_CHECK: DoctorCheck<RelayTarget, RelayFacts> = check<
  RelayTarget,
  RelayFacts,
  'no-push-ids'
>({
  name: 'push id',
  needs: ['authentication'],
  risks: ['writes'],
  run: async (target, { account }, undo) => {
    if (account === undefined) throw new Error('push id: expected an account, got none')
    const credentials = credentialsOf(account, target)
    if (target.reachableBy === 'confirmation')
      return { kind: 'well', said: 'not needed: reachableBy is confirmation' }
    const pushId = newPushId('gcm', randomBytes)
    const what = `the push id of ${account.number}`
    undo.add(what, pushIdBack(target, credentials, pushId))
    const result = await asked(target, setPushId('gcm', credentials, pushId))
    if (isGranted(result)) return { kind: 'well', said: 'a GCM id is taken', learned: { pushId } }
    if (isRefused(result)) undo.forget(what)
    const got = `PUT /v1/accounts/gcm/ got ${gotOf(result)}`
    const mended = { ...target, reachableBy: 'confirmation' } as const
    return isAbsent(result)
      ? { kind: 'wrong', code: 'no-push-ids', got, mended }
      : { kind: 'note', said: `${got}, which a run reports` }
  },
  advice: {
    'no-push-ids': {
      blame: 'file',
      at: ['reachableBy'],
      todo: () => 'write  reachableBy: confirmation  if devices are reachable without a push id',
    },
  },
})
