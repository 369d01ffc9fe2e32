import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { decodeBase64 } from '#protocol/base64.ts'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import type { DigestChallenge } from '#protocol/mstore/digest-challenge.ts'
import type { Calculation, PasswordForm } from '#protocol/mstore/digest-response-mistakes.ts'
import { parseCredentials } from '#protocol/mstore/digest-credentials.ts'
import type { UriForm } from '#protocol/mstore/digest-uri.ts'
import { digestPlan } from './digest-deviations.ts'
import type { DigestPlan } from './digest-plan.ts'
import { authorization } from './digest-plan.ts'

interface DigestVectors {
  readonly username: string
  readonly password: string
  readonly cnonce: string
  readonly origin: string
  readonly header: string
  readonly requests: readonly {
    readonly method: string
    readonly target: string
    readonly absolute: { readonly response: string }
    readonly path: { readonly response: string }
  }[]
  readonly uriForms: readonly { readonly form: UriForm; readonly uri: string; readonly response: string }[]
  readonly passwords: readonly { readonly form: PasswordForm; readonly response: string }[]
  readonly calculations: readonly {
    readonly calculation: Exclude<Calculation, 'qop-list'>
    readonly response: string
  }[]
  readonly bareHost: { readonly response: string }
  readonly shortNc: { readonly nc: string; readonly response: string }
}

const { digest: vectors } = JSON.parse(
  readFileSync(new URL('../../../fixtures/vectors/mstore.json', import.meta.url), 'utf8'),
) as { readonly digest: DigestVectors }

const PLAIN =
  'Digest realm="3GPP-bootstrapping@wsg.t-mobile.com", nonce="6629fae49393a05397450978507c4ef1", qop="auth", algorithm="MD5"'
const [first] = vectors.requests

function challenge(text: string): DigestChallenge {
  const read = parseChallenge(text)
  if (read.kind === 'parse-error') throw new Error(read.reason)
  return read
}

function key(): Uint8Array {
  const decoded = decodeBase64(vectors.password)
  if (decoded.kind === 'parse-error') throw new Error(decoded.reason)
  return decoded.bytes
}

function header(
  plan: DigestPlan = {},
  text = PLAIN,
  { method, target } = first ?? { method: '', target: '' },
) {
  const subject = {
    username: vectors.username,
    key: key(),
    method,
    request: { origin: vectors.origin, target },
    cnonce: vectors.cnonce,
    body: null,
  }
  return authorization(challenge(text), subject, plan)
}

/** The parameters of a header, each as it was written. */
function params(text: string): readonly string[] {
  return text.replace(/^Digest /, '').match(/[^=, ]+=(?:"(?:[^"\\]|\\.)*"|[^",]+)/g) ?? []
}

const responseIn = (text: string) => /response="([0-9a-f]+)"/.exec(text)?.[1]

test('the digest without a plan is the one of the deployed client (MSTORE-AUTH-19, MSTORE-AUTH-23, MSTORE-AUTH-42)', () => {
  expect(header()).toBe(vectors.header)
})

describe('the vectors', () => {
  it.each(vectors.requests)('of $method $target', (request) => {
    expect(responseIn(header({}, PLAIN, request))).toBe(request.absolute.response)
    expect(responseIn(header({ uri: 'path' }, PLAIN, request))).toBe(request.path.response)
  })

  it.each(vectors.uriForms)('of the uri $form', ({ form, uri, response }) => {
    const text = header({ uri: form })
    expect(text).toContain(`uri="${uri}"`)
    expect(responseIn(text)).toBe(response)
  })

  it.each(vectors.passwords)('of the password $form', ({ form, response }) => {
    expect(responseIn(header({ password: form }))).toBe(response)
  })

  it.each(vectors.calculations)('of $calculation', ({ calculation, response }) => {
    expect(responseIn(header({ calculation }))).toBe(response)
  })

  it('of another realm and of a count of one digit', () => {
    expect(responseIn(header({ realm: 'other' }))).toBe(vectors.bareHost.response)
    expect(responseIn(header({ nc: vectors.shortNc.nc }))).toBe(vectors.shortNc.response)
  })
})

describe('a challenge of another form', () => {
  it.each([
    ['upper-case names', PLAIN.replace('realm=', 'REALM=').replace('qop=', 'Qop=')],
    ['another scheme first', `Basic realm="x", ${PLAIN}`],
    ['a bare qop', PLAIN.replace('qop="auth"', 'qop=auth')],
    ['unknown parameters', `${PLAIN}, x-extra="a\\"b"`],
    ['an opaque', `${PLAIN}, opaque="o+/="`],
    ['several qop', PLAIN.replace('"auth"', '"auth-int,auth"')],
    ['no qop', PLAIN.replace(', qop="auth"', '')],
    ['no algorithm', PLAIN.replace(', algorithm="MD5"', '')],
  ])('with %s is answered all the same (MSTORE-AUTH-44)', (_, text) => {
    const written = header({}, text)
    expect(responseIn(written)).toBe('933c574b690615ad1a396989d239a4ed')
    expect(parseCredentials(written)).toMatchObject({ kind: 'credentials', qop: 'auth' })
  })

  it('is echoed, what is unknown and what is opaque too', () => {
    const written = params(header({}, `${PLAIN}, opaque="o+/=", x-extra="a\\"b"`))
    expect(written).toEqual(expect.arrayContaining(['opaque="o+/="', 'x-extra="a\\"b"']))
  })
})

describe('a named digest', () => {
  it.each([
    ['nc quoted', 'nc="00000001"'],
    ['qop unquoted', 'qop=auth'],
    ['algorithm unquoted', 'algorithm=MD5'],
    ['another nonce', 'nonce="0123456789abcdef0123456789abcdef"'],
    ['the form of RFC 2069', 'response="ba8b5f2c8c06a505b6a19d1c113ee97f"'],
    ['algorithm SHA-256', 'algorithm="SHA-256"'],
    ['qop auth-int', 'qop="auth-int"'],
    ['another response', 'response="933c574b690615ad1a396989d239a4e0"'],
  ])('"%s" has %s', (name, param) => {
    const written = params(header(digestPlan(name)))
    expect(written).toContain(param)
  })

  it.each(['nc', 'cnonce', 'qop', 'username', 'realm', 'nonce', 'uri', 'response', 'algorithm'])(
    '"no %s" is without it and whole otherwise',
    (name) => {
      const without = params(header(digestPlan(`no ${name}`)))
      expect(without).toEqual(params(header()).filter((param) => !param.startsWith(`${name}=`)))
    },
  )

  it('has the same parameters in another order and with other separators', () => {
    const right = params(header())
    expect(params(header(digestPlan('the parameters reversed')))).toEqual(right.toReversed())
    expect(params(header(digestPlan('the parameters by name')))).toEqual(right.toSorted())
    expect(header(digestPlan('commas and blanks'))).toContain('", nonce="')
    expect(header(digestPlan('commas alone'))).toContain('",nonce="')
  })

  it('is refused where there is none of that name, with those there are', () => {
    expect(() => digestPlan('nc doubled')).toThrow(/expected right; .*key label-gba-u.*got "nc doubled"/)
  })
})
