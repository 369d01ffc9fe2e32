import { describe, expect, test } from 'vitest'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { RIGHT_KEY, digestParts } from './digest-parts.ts'
import { type DigestPlan, authorization } from './digest-plan.ts'

const KEY = Uint8Array.from({ length: 32 }, (_, index) => 0xfb - index)
const REQUEST = {
  origin: 'https://wsg.t-mobile.com',
  target: '/oemclient/nms/v1/ums/tel%3A%2B1/vvmserviceProfile',
}
const WRITTEN_URI = 'H(GET : https://wsg.t-mobile.com/oemclient/nms/v1/ums/tel:+1/vvmserviceProfile)'

function partsOf(plan: DigestPlan, key = KEY) {
  const challenge = parseChallenge(
    'Digest realm="3GPP-bootstrapping@x", nonce="n", qop="auth", algorithm=MD5',
  )
  if (challenge.kind === 'parse-error') throw new Error(challenge.reason)
  const subject = { username: 'b', key, method: 'GET', request: REQUEST, cnonce: 'c', body: null }
  return digestParts({
    challenge,
    authorization: authorization(challenge, subject, plan),
    evidence: { method: 'GET', request: REQUEST, keys: [{ id: RIGHT_KEY, key: KEY }] },
  })
}

function wrongIn(plan: DigestPlan, key = KEY): readonly string[] {
  return partsOf(plan, key)
    .filter(({ holds }) => holds === false)
    .map(({ name, text }) => `${name}: ${text}`)
}

describe('a digest, step by step', () => {
  test('says what each step is made of, by the names of what is secret', () => {
    const parts = partsOf({})
    expect(parts.map(({ name, text }) => `${name} = ${text}`)).toEqual([
      'challenge = realm 3GPP-bootstrapping@x, qop auth, algorithm MD5',
      'HA1 = H(username : realm of the challenge : padded Base64 of the key)',
      `HA2 = ${WRITTEN_URI}, the decoded absolute URL`,
      'response = H = MD5: H(HA1 : nonce : nc : cnonce : auth : HA2)',
    ])
    expect(parts.map(({ holds }) => holds)).toEqual([null, true, true, true])
  })

  test.each([
    [{ uri: 'path' }, []],
    [{ uri: 'encoded-absolute' }, [/^HA2: .*, the absolute URL, not decoded$/]],
    [
      { target: '/elsewhere' },
      [/^HA2: H\(GET : https:\/\/wsg.t-mobile.com\/elsewhere\), .* not that of the request$/],
    ],
    [{ password: 'raw' }, [/^HA1: .* the raw bytes of the key\)$/]],
    [{ realm: 'other' }, [/^HA1: .*realm without what is before @/, /^Authorization: the realm is not that/]],
    [{ calculation: 'no-qop' }, [/^response: .*without qop$/, /no qop$/, /no cnonce$/, /no nc$/]],
    [{ nc: '1' }, [/^Authorization: nc is not eight hexadecimal digits$/]],
    [{ quoted: ['nc'] }, [/^Authorization: nc is in quotes$/]],
    [{ method: 'PUT' }, [/^response: none that this key gives/]],
    [{ otherKey: true, altered: true }, [/^response: none that this key gives/]],
  ] as const)('of the plan %j names what is not as it should be', (plan, expected) => {
    const wrong = wrongIn(plan)
    expect(wrong).toEqual(expected.map((pattern) => expect.stringMatching(pattern) as unknown))
  })

  test('has no word of the key, the nonces or the response', () => {
    const said = JSON.stringify(partsOf({}))
    expect(said).not.toContain(Buffer.from(KEY).toString('base64'))
    expect(said).not.toMatch(/[0-9a-f]{32}/)
  })
})
