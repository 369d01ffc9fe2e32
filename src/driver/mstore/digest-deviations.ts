import { type WrongDerivation, WRONG_DERIVATIONS } from '#protocol/gba/candidate-keys.ts'
import type { DigestPlan } from './digest-plan.ts'

const UNISSUED_NONCE = '0123456789abcdef0123456789abcdef'

/** Ways of writing a digest that a scenario can ask for by name, right ones and wrong ones. */
const PLANS = {
  right: {},
  'password unpadded': { password: 'unpadded' },
  'password with a line feed': { password: 'with-lf' },
  'password with a line end': { password: 'with-crlf' },
  'password wrapped': { password: 'wrapped' },
  'password in the standard alphabet': { needsPlusOrSlash: true },
  'password in the URL alphabet': { password: 'url-safe', needsPlusOrSlash: true },
  'another key': { otherKey: true },
  'password in hexadecimal': { password: 'hex' },
  'password as raw bytes': { password: 'raw' },
  'uri decoded': {},
  'uri absolute': { uri: 'absolute' },
  'uri as a path': { uri: 'path' },
  'uri absolute and encoded': { uri: 'encoded-absolute' },
  'uri as an encoded path': { uri: 'encoded-path' },
  'nc unquoted': {},
  'nc quoted': { quoted: ['nc'] },
  'nc of one digit': { nc: '1' },
  'nc not hexadecimal': { nc: '0000000g' },
  'no nc': { without: ['nc'] },
  'no nc, counted as nothing': { without: ['nc'], countedAsNothing: true },
  'no cnonce': { without: ['cnonce'] },
  'no cnonce, counted as nothing': { without: ['cnonce'], countedAsNothing: true },
  'no qop': { without: ['qop'] },
  'no username': { without: ['username'] },
  'no realm': { without: ['realm'] },
  'no nonce': { without: ['nonce'] },
  'no uri': { without: ['uri'] },
  'no response': { without: ['response'] },
  'no algorithm': { without: ['algorithm'] },
  'the form of RFC 2069': { calculation: 'no-qop' },
  'algorithm MD5-sess': { calculation: 'MD5-sess' },
  'algorithm SHA-256': { calculation: 'SHA-256' },
  'qop auth-int': { calculation: 'auth-int' },
  'another realm': { realm: 'other' },
  'another nonce': { nonce: UNISSUED_NONCE },
  'the nonce but for its first character': { nonce: otherFirst },
  'the nonce with a digit before it': { nonce: (right) => `0${right}` },
  'another response': { altered: true },
  'another username': { username: 'AAAAAAAAAAAAAAAAAAAAAA==@bsf.nowhere.example' },
  'the username but for its first character': { username: otherFirst },
  'the username with a digit before it': { username: (right) => `0${right}` },
  'the method DELETE': { method: 'DELETE' },
  'the method GET': { method: 'GET' },
  'qop unquoted': { bare: ['qop'] },
  'algorithm unquoted': { bare: ['algorithm'] },
  'qop and algorithm quoted': { bare: [] },
  'qop and algorithm unquoted': { bare: ['qop', 'algorithm'] },
  'the parameters reversed': { order: 'reversed' },
  'the parameters by name': { order: 'by-name' },
  'commas alone': { separator: ',' },
  'commas and blanks': { separator: ', ' },
  'the parameters reversed, commas and blanks': { order: 'reversed', separator: ', ' },
} as const satisfies Readonly<Record<string, DigestPlan>>

/** The plan of that name, or `key NAME` for a mistake in the key's derivation; throws where there is none. */
export function digestPlan(name: string): DigestPlan {
  if (isPlan(name)) return PLANS[name]
  const mistake = /^key (.*)$/.exec(name)?.[1] ?? ''
  if (isWrongDerivation(mistake)) return { derivation: mistake }
  const known = [...Object.keys(PLANS), ...Object.keys(WRONG_DERIVATIONS).map((each) => `key ${each}`)]
  throw new Error(`digest: expected ${known.join('; ')}; got "${name}"`)
}

/** The first character counts with its highest bits, however what it is part of is decoded. */
function otherFirst(right: string): string {
  return (right.startsWith('a') ? 'z' : 'a') + right.slice(1)
}

function isPlan(name: string): name is keyof typeof PLANS {
  return Object.hasOwn(PLANS, name)
}

function isWrongDerivation(name: string): name is WrongDerivation {
  return Object.hasOwn(WRONG_DERIVATIONS, name)
}
