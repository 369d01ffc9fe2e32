import { documented } from './rulebook.ts'
import type { IssuedCode, CodeScene } from './codes.ts'
import { deployedFault, fault, statusFaults, type RelayFault } from './fault.ts'

const { codes } = documented

/** Faults in requesting a verification code. */
export const CODE_FAULTS: readonly RelayFault[] = [
  ...statusFaults('request-code', [
    ['RELAY-CODE-01/answers-204', 'a code request answers 204', 'code-sent', 204],
    ['RELAY-CODE-01/answers-202', 'a code request answers 202', 'code-sent', 202],
    ['RELAY-CODE-03/answers-422', 'a bad number answers 422', 'bad-number', 422],
    ['RELAY-CODE-04/answers-400', 'an unknown transport answers 400', 'bad-transport', 400],
    ['RELAY-CODE-04/answers-404', 'an unknown transport answers 404', 'bad-transport', 404],
    ['RELAY-CODE-05/answers-429', 'too many code requests answer 429', 'limited', 429],
    ['RELAY-CODE-05/answers-503', 'too many code requests answer 503', 'limited', 503],
  ]),
  fault('RELAY-CODE-02/knows-no-voice', 'voice is no transport', {
    codes: { transportOf: (text) => (text === 'sms' ? text : undefined) },
  }),
  fault('RELAY-CODE-03/does-not-anchor-the-number', 'a number may be followed by anything', {
    codes: { isWellFormed: (number) => /^\+\d{10,}/.test(number) },
  }),
  deployedFault('RELAY-CODE-14/requires-no-plus', 'a number needs no plus', {
    codes: { isWellFormed: (number) => /^\+?\d{10,15}$/.test(number) },
  }),
  deployedFault('RELAY-CODE-14/takes-any-length', 'a number may be as short as it likes', {
    codes: { isWellFormed: (number) => /^\+\d+$/.test(number) },
  }),
  deployedFault('RELAY-CODE-14/takes-hyphens', 'a number may hold hyphens', {
    codes: { isWellFormed: (number) => codes.isWellFormed(number.replaceAll('-', '')) },
  }),
  fault('RELAY-CODE-03/takes-anything', 'a number is not looked at', {
    codes: { isWellFormed: () => true },
  }),
  fault('RELAY-CODE-04/takes-any-transport-as-sms', 'an unknown transport falls back to sms', {
    codes: { transportOf: (text) => codes.transportOf(text) ?? 'sms' },
  }),
  fault('RELAY-CODE-04/ignores-case', 'the transport is compared without regard to case', {
    codes: { transportOf: (text) => codes.transportOf(text.toLowerCase()) },
  }),
  fault('RELAY-CODE-05/does-not-limit-sms', 'SMS requests are not limited', {
    limits: { figures: { sms: null } },
  }),
  fault('RELAY-CODE-06/does-not-limit-voice', 'voice requests are not limited', {
    limits: { figures: { voice: null } },
  }),
  fault('RELAY-CODE-07/judges-credentials', 'a code request with bad credentials answers 401', {
    wire: {
      transform: (reply, _outcome, { kind, authorization }) =>
        kind === 'request-code' && authorization !== undefined
          ? { ...reply, status: 401, body: NOTHING }
          : reply,
    },
  }),
  fault(
    'RELAY-CODE-09/issues-before-it-checks-the-transport',
    'the code is stored and sent before the transport is validated',
    { codes: { order: ['number', 'limit', 'issue', 'transport'] } },
  ),
  fault('RELAY-CODE-09/issues-before-it-checks-the-limit', 'a code request over the limit sends a code', {
    codes: { order: ['number', 'transport', 'issue', 'limit'] },
  }),
  fault('RELAY-CODE-10/draws-letters', 'the code begins with a letter', {
    codes: { draw: (scene) => `A${codes.draw(scene).slice(1)}` },
  }),
  fault('RELAY-CODE-10/sends-by-the-other-transport', 'an SMS is read out, and a call comes as an SMS', {
    codes: {
      issue: (issued, scene) => codes.issue({ ...issued, transport: other(issued) }, scene),
    },
  }),
  fault('RELAY-CODE-10/sends-to-the-previous-number', 'the code is sent to who asked before', {
    codes: { issue: (issued, scene) => redirected(issued, scene) },
  }),
  fault('RELAY-CODE-10/sends-nothing', 'the code is stored and not sent', {
    codes: {
      issue: (issued, scene) => codes.issue(issued, scene).filter(({ kind }) => kind !== 'code-sent'),
    },
  }),
  fault('RELAY-CODE-11/removes-the-account', 'asking for a code removes the account', {
    codes: {
      issue: (issued, scene) => [
        ...codes.issue(issued, scene),
        { kind: 'account-removed', number: issued.number },
      ],
    },
  }),
  fault('RELAY-CODE-12/keeps-the-code-of-an-sms', 'a code read out does not take the place of one sent', {
    codes: {
      issue: (issued, scene) =>
        codes
          .issue(issued, scene)
          .filter(
            ({ kind }) =>
              kind !== 'code-pending' ||
              issued.transport === 'sms' ||
              !scene.state.pendingCodes.has(issued.number),
          ),
    },
  }),
  fault('RELAY-CODE-12/keeps-the-first-code', 'the first code asked for stays the one that confirms', {
    codes: {
      issue: (issued, scene) =>
        codes
          .issue(issued, scene)
          .filter(({ kind }) => kind !== 'code-pending' || !scene.state.pendingCodes.has(issued.number)),
    },
  }),
]

const NOTHING = new Uint8Array()

function other({ transport }: IssuedCode) {
  return transport === 'sms' ? 'voice' : 'sms'
}

function redirected(issued: IssuedCode, scene: CodeScene) {
  const number = scene.state.codes.latest?.number ?? issued.number
  return codes
    .issue(issued, scene)
    .map((change) => (change.kind === 'code-sent' ? { ...change, sent: { ...change.sent, number } } : change))
}
