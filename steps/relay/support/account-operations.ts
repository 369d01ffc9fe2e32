import { requestCode, type PushKind } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import { wrongPassword } from './authorization.ts'
import { codeRequest } from './code-requests.ts'
import { codeOfAnother, confirmationWith, otherCode } from './confirmations.ts'
import { assertCredentials, assertOtherPassword, withPassword } from './credential-checks.ts'
import { plain, type NamedOperation } from './operation.ts'
import { clearing, submission } from './push-id-requests.ts'
import {
  askForCode,
  codeSent,
  confirmation,
  drawDevice,
  otherConfirmation,
  register,
  replaceDevices,
} from './registration.ts'
import { OK } from './session.ts'

const CUT_SHORT = '{"cut":['
const WRONG_CODE_STATUS = 403

const withNothing = () => Promise.resolve()

/** Operations on accounts: codes, confirmation, push ids, and whether credentials are accepted. */
export const ACCOUNT_OPERATIONS: Readonly<Record<string, NamedOperation>> = {
  'ask for a code': plain((_, { number }) => requestCode('sms', number), { prepare: withNothing }),
  'confirm a number': plain((_, party) => confirmation(party, party.code), {
    async prepare(session, party) {
      await askForCode(session, party)
      replaceDevices(party, drawDevice(session, party))
      party.code = await codeSent(party)
    },
  }),
  'confirm with the code sent': plain((session, party) => confirmationWith(session, party)),
  'confirm with a wrong code': plain(
    (session, party) =>
      confirmationWith(session, party, { kind: 'sent', to: null, change: 'with another last digit' }),
    { limit: { limiter: 'verify', passes: [WRONG_CODE_STATUS] } },
  ),
  'register again': plain(async (session, party) => {
    await askForCode(session, party)
    replaceDevices(party, drawDevice(session, party))
    return confirmation(party, await codeSent(party))
  }),
  'register anew': plain(async (session, party) => otherConfirmation(session, party, await codeSent(party))),
  'register anew with a wrong code': plain(async (session, party) =>
    otherConfirmation(session, party, otherCode(await codeSent(party))),
  ),
  'register anew with the code sent to Alice': plain(async (session, party) =>
    otherConfirmation(session, party, await codeOfAnother(session.party('Alice'), party)),
  ),
  'authenticate with the password refused': plain(
    (_, party) => withPassword(party, party.refused?.password ?? ''),
    {
      async control(session, party, accepted) {
        const password = party.refused?.password ?? ''
        await assertCredentials(session, party, { password, accepted, what: 'the password refused' })
      },
    },
  ),
  authenticate: plain((_, party) => withPassword(party, party.device().password), {
    async control(session, party, accepted) {
      const { password } = party.device()
      await assertCredentials(session, party, { password, accepted, what: 'the password' })
    },
  }),
  'authenticate with another password': plain(
    (_, party) => withPassword(party, wrongPassword(party.device().password)),
    {
      control: assertOtherPassword,
    },
  ),
}

const ONE_CODE = /^ask for a code by (sms|voice)$/
const ONE_PUSH_ID = /^(set|submit|clear) (?:an?|the) (apn|gcm) id( in malformed JSON| without a body)?$/

/** An operation on a code by its transport, or on a push id by its kind. */
export function accountOperation(name: string): NamedOperation | null {
  const transport = ONE_CODE.exec(name)?.[1]
  if (transport !== undefined) {
    const limiter = transport === 'voice' ? 'voice' : 'sms'
    return {
      make: (session, party) => codeRequest(session, party, transport),
      limit: { limiter, passes: OK },
    }
  }
  const [, verb, kind, form = ''] = ONE_PUSH_ID.exec(name) ?? []
  if (kind === undefined) return null
  const pushKind = kind === 'apn' ? 'apn' : 'gcm'
  return verb === 'clear' ? clearOperation(pushKind, form) : setOperation(pushKind, { verb, form })
}

interface SetForm {
  readonly verb: string | undefined
  readonly form: string
}

function setOperation(kind: PushKind, { verb, form }: SetForm): NamedOperation {
  if (verb === 'submit') return plain((_, party) => submission(party, kind, 'second'))
  return plain(
    (_, party) => {
      const request = submission(party, kind, 'other')
      return form === '' ? request : withBody(request, CUT_SHORT)
    },
    { prepare: (session, party) => register(session, party) },
  )
}

function clearOperation(kind: PushKind, form: string): NamedOperation {
  return {
    prepare: (session, party) => register(session, party, { push: kind }),
    make: (_, party) => {
      const made = clearing(party, { kind })
      return form === '' ? made : { ...made, request: withBody(made.request, null) }
    },
  }
}
