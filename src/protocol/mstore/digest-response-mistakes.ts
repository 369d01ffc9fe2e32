import { encodeBase64 } from '../base64.ts'
import { toHex, utf8 } from '../bytes.ts'
import { type DigestInput, digestResponse, firstHash, secondHash } from '../digest.ts'
import { type DigestRequest, type UriForm, URI_FORMS, URI_FORM_BREAKS, digestUri } from './digest-uri.ts'
import type { DigestCredentials } from './digest-credentials.ts'

/** How a client may have made a password of its key, and the requirement each wrong way breaks. */
export const PASSWORD_FORMS = {
  base64: null,
  unpadded: 'MSTORE-AUTH-17',
  'with-lf': 'MSTORE-AUTH-18',
  'with-crlf': 'MSTORE-AUTH-18',
  wrapped: 'MSTORE-AUTH-18',
  'url-safe': 'MSTORE-AUTH-16',
  hex: 'MSTORE-AUTH-15',
  raw: 'MSTORE-AUTH-15',
} as const

/** The name of one way to write the key as a password. */
export type PasswordForm = keyof typeof PASSWORD_FORMS

/** How a client may have calculated, and the requirement each wrong way breaks. */
export const CALCULATIONS = {
  auth: null,
  'no-qop': 'MSTORE-AUTH-33',
  'MD5-sess': 'MSTORE-AUTH-34',
  'auth-int': 'MSTORE-AUTH-34',
  'SHA-256': 'MSTORE-AUTH-34',
  /** With the list of a challenge where one of it belongs, `auth,auth-int`. */
  'qop-list': 'MSTORE-AUTH-34',
} as const

/** The name of one way to calculate the response. */
export type Calculation = keyof typeof CALCULATIONS

/** How a response was made, where that could be found out. */
export interface Diagnosis {
  /** The `id` of the key that was used. */
  readonly key: string
  readonly password: PasswordForm
  readonly uri: UriForm | 'as-written'
  readonly realm: 'challenge' | 'bare-host' | 'as-written'
  readonly calculation: Calculation
}

/** What is known of a request that is judged. `keys` are those the client may have used, the right one first. */
export interface DigestEvidence {
  readonly method: string
  readonly request: DigestRequest
  /** The realm of the challenge. */
  readonly realm: string
  readonly keys: readonly { readonly id: string; readonly key: Uint8Array }[]
  readonly body?: Uint8Array
}

const WRAPPED_COLUMNS = 40
/** Line lengths and ends by which a client may have wrapped Base64 of 44 characters, the first of them `wrapped`. */
const WRAPPINGS = [WRAPPED_COLUMNS, 32, 20, 16].flatMap((columns) =>
  ['\n', '\r\n'].map((end) => ({ columns, end })),
)

const SETTINGS: Readonly<Record<Calculation, Pick<DigestInput, 'qop' | 'algorithm'>>> = {
  auth: { qop: 'auth', algorithm: 'MD5' },
  'no-qop': { qop: 'none', algorithm: 'MD5' },
  'MD5-sess': { qop: 'auth', algorithm: 'MD5-sess' },
  'auth-int': { qop: 'auth-int', algorithm: 'MD5' },
  'SHA-256': { qop: 'auth', algorithm: 'SHA-256' },
  'qop-list': { qop: 'auth', algorithm: 'MD5' },
}

/** The password that one form makes of a key. */
export function passwordBytes(key: Uint8Array, form: PasswordForm): Uint8Array {
  const base64 = encodeBase64(key, { padded: true })
  switch (form) {
    case 'base64':
      return utf8(base64)
    case 'unpadded':
      return utf8(encodeBase64(key, { padded: false }))
    case 'with-lf':
      return utf8(`${base64}\n`)
    case 'with-crlf':
      return utf8(`${base64}\r\n`)
    case 'wrapped':
      return utf8(wrapped(base64, { columns: WRAPPED_COLUMNS, end: '\n' }))
    case 'url-safe':
      return utf8(base64.replaceAll('+', '-').replaceAll('/', '_'))
    case 'hex':
      return utf8(toHex(key))
    case 'raw':
      return key
    default:
      return form satisfies never
  }
}

function wrapped(text: string, { columns, end }: (typeof WRAPPINGS)[number]): string {
  return (text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []).join(end)
}

/**
 * All that a client may have hashed who made a password in one form: Base64 is wrapped in several ways, and raw bytes
 * may have been text on their way, of a character each or of UTF-8.
 */
function spellings(key: Uint8Array, form: PasswordForm): readonly Uint8Array[] {
  const usual = passwordBytes(key, form)
  const base64 = encodeBase64(key, { padded: true })
  switch (form) {
    case 'wrapped':
      return WRAPPINGS.flatMap((way) => {
        const text = wrapped(base64, way)
        return [utf8(text), utf8(text + way.end)]
      })
    case 'raw':
      return [usual, utf8(Buffer.from(key).toString('latin1')), utf8(Buffer.from(key).toString('utf8'))]
    default:
      return [usual]
  }
}

/**
 * How the response of `credentials` was made: the first of all combinations of calculation, realm, key,
 * password and `uri` that gives it, right ones first. Null where none does: unknown credentials.
 */
export function diagnose(credentials: DigestCredentials, evidence: DigestEvidence): Diagnosis | null {
  const response = credentials.response.toLowerCase()
  for (const calculation of calculations) {
    const settings = settingsOf(credentials, calculation)
    if (settings === null) continue
    const seconds = secondHashes(credentials, evidence, calculation)
    for (const first of firstHashes(credentials, evidence, calculation)) {
      const second = seconds.find(({ ha2 }) => digestResponse(settings, { ha1: first.ha1, ha2 }) === response)
      if (second === undefined) continue
      const { key, password, realm } = first
      return { key, password, uri: second.uri, realm, calculation }
    }
  }
  return null
}

/** The requirements that a diagnosis shows broken, but for those of the key's derivation. */
export function brokenRequirements({ password, uri, realm, calculation }: Diagnosis): readonly string[] {
  return [
    PASSWORD_FORMS[password],
    uri === 'as-written' ? 'MSTORE-AUTH-31' : URI_FORM_BREAKS[uri],
    realm === 'challenge' ? null : 'MSTORE-AUTH-42',
    CALCULATIONS[calculation],
  ].filter((requirement) => requirement !== null)
}

const calculations = Object.keys(CALCULATIONS) as Calculation[]
const passwordForms = Object.keys(PASSWORD_FORMS) as PasswordForm[]

/** What goes into a response by one calculation; null where the credentials have nothing of the kind. */
function settingsOf(credentials: DigestCredentials, calculation: Calculation) {
  const settings = { ...counters(credentials), ...SETTINGS[calculation] }
  if (calculation !== 'qop-list') return settings
  const { qop } = credentials
  return qop?.includes(',') === true ? { ...settings, qop } : null
}

interface First extends Pick<Diagnosis, 'key' | 'password' | 'realm'> {
  readonly ha1: string
}

function* firstHashes(
  credentials: DigestCredentials,
  { realm: challenged, keys }: DigestEvidence,
  calculation: Calculation,
): Generator<First> {
  const { username } = credentials
  const input = { username, ...counters(credentials), ...SETTINGS[calculation] }
  for (const { name, text } of realms(challenged, credentials.realm)) {
    for (const { id, key } of keys) {
      for (const form of passwordForms) {
        const made = key === keys[0]?.key ? spellings(key, form) : [passwordBytes(key, form)]
        for (const password of made) {
          yield { key: id, password: form, realm: name, ha1: firstHash({ ...input, realm: text, password }) }
        }
      }
    }
  }
}

function secondHashes(
  credentials: DigestCredentials,
  { method, request, body }: DigestEvidence,
  calculation: Calculation,
): readonly { readonly uri: Diagnosis['uri']; readonly ha2: string }[] {
  const input = { method, ...SETTINGS[calculation], ...(body === undefined ? {} : { body }) }
  const forms = URI_FORMS.map((form) => ({ uri: form, text: digestUri(request, form) }))
  return distinct([...forms, { uri: 'as-written' as const, text: credentials.uri }]).flatMap(
    ({ uri, text }) => (text === null ? [] : [{ uri, ha2: secondHash({ ...input, uri: text }) }]),
  )
}

function realms(
  challenged: string,
  written: string,
): readonly { readonly name: Diagnosis['realm']; readonly text: string }[] {
  return distinct([
    { name: 'challenge', text: challenged },
    { name: 'bare-host', text: challenged.replace(/^.*@/s, '') },
    { name: 'as-written', text: written },
  ])
}

/** Of those with one text the first: the others would give the same hashes. */
function distinct<Form extends { readonly text: string | null }>(forms: readonly Form[]): readonly Form[] {
  return forms.filter(({ text }, place) => forms.findIndex((other) => other.text === text) === place)
}

function counters({ nonce, nc, cnonce }: DigestCredentials) {
  return { nonce, nc: nc ?? '', cnonce: cnonce ?? '' }
}
