import { candidateKeys, WRONG_DERIVATIONS } from '#protocol/gba/candidate-keys.ts'
import { CREDENTIAL_MISTAKES, type CredentialMistake } from '#protocol/mstore/digest-form-mistakes.ts'
import type { DigestCredentials } from '#protocol/mstore/digest-credentials.ts'
import {
  brokenRequirements,
  diagnose,
  type DigestEvidence,
} from '#protocol/mstore/digest-response-mistakes.ts'
import { URI_FORM_BREAKS, uriFormOf, type DigestRequest } from '#protocol/mstore/digest-uri.ts'
import type { PresentedCredentials } from './presented.ts'
import { bootstrapOf } from './keys.ts'

const FORM_WORDS: Readonly<Record<CredentialMistake, string>> = {
  'other-realm': 'realm is not that of the challenge',
  'other-algorithm': 'algorithm is not MD5',
  'no-qop': 'there is no qop',
  'other-qop': 'qop is not auth',
  'no-cnonce': 'there is no cnonce',
  'no-nc': 'there is no nc',
  'quoted-nc': 'nc is quoted',
  'malformed-nc': 'nc is not eight hex digits',
}

/** What is wrong with the form of credentials, a remark each. */
export function formNotes(
  mistakes: readonly CredentialMistake[],
  { qop }: Pick<DigestCredentials, 'qop'>,
): readonly string[] {
  const isList = qop?.includes(',') === true
  return mistakes.map((mistake) => {
    const words = mistake === 'other-qop' && isList ? 'qop is a list, not auth of it' : FORM_WORDS[mistake]
    return `${words} (${CREDENTIAL_MISTAKES[mistake]})`
  })
}

/** How right credentials were made: what a judge of the client may want to know. */
export function successNote({ credentials, request }: PresentedCredentials): string {
  const form = uriFormOf(credentials.uri, request) ?? 'another'
  return `credentials ${credentials.username}, nc ${credentials.nc ?? 'none'}, uri in the form ${form}`
}

/** How a `uri` that is not accepted was written. */
export function uriNote({ uri }: DigestCredentials, request: DigestRequest): string {
  const form = uriFormOf(uri, request)
  if (form === null) return `uri: expected that of the request, got ${uri.slice(0, 200)} (MSTORE-AUTH-31)`
  const broken = URI_FORM_BREAKS[form]
  return `uri: expected another form than ${form}${broken === null ? '' : ` (${broken})`}`
}

/** How a response that is wrong was made, as far as that can be found out. No remark holds a key. */
export function diagnosis(given: PresentedCredentials): readonly string[] {
  const evidence = evidenceOf(given)
  const found = evidence === null ? null : diagnose(given.credentials, evidence)
  if (found === null) return ['response: of no key and no mistake that is known']
  const parts = [
    found.key === 'right' ? null : `key derived with ${found.key}`,
    found.password === 'base64' ? null : `password ${found.password}`,
    found.uri === 'absolute' || found.uri === 'path' ? null : `uri ${found.uri}`,
    found.realm === 'challenge' ? null : `realm ${found.realm}`,
    found.calculation === 'auth' ? null : `calculated as ${found.calculation}`,
  ].filter((part) => part !== null)
  const broken = [...derivationBroken(found.key), ...brokenRequirements(found)]
  return [`response: ${[...parts, broken.join(', ')].filter((part) => part !== '').join('; ')}`]
}

function evidenceOf({ key, request, realm, scene }: PresentedCredentials): DigestEvidence | null {
  if (key === undefined) return null
  return {
    method: request.method,
    request,
    realm,
    keys: candidateKeys(bootstrapOf(key, scene.naf.host)),
    ...(typeof request.body === 'string' ? {} : { body: request.body }),
  }
}

function derivationBroken(id: string): readonly string[] {
  return Object.entries(WRONG_DERIVATIONS).flatMap(([name, requirement]) => (name === id ? requirement : []))
}
