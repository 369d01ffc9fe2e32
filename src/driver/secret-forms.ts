import { escapedUnits } from '#protocol/json-escapes.ts'

/** How a secret was written where it was found. */
export type SecretForm = 'plain' | 'base64' | 'percent' | 'json' | 'hex' | 'spoken'

/** A secret of that name where it was found, with the characters that stood for it. */
export interface FoundSecret {
  readonly kind: 'secret'
  readonly text: string
  readonly name: string
  readonly form: SecretForm
}

/** A stretch of text: plain, or a secret. */
export type Segment = { readonly kind: 'plain'; readonly text: string } | FoundSecret

/** Characters a text must have to be looked for at all. */
export const SHORTEST_SECRET = 4

/** Characters of Base64 by which a secret is recognised within a longer text. */
const SHORTEST_BASE64 = 4

/** Every spelling under which `value` may be found in a request, an answer, a URL or a command, each once. */
export function secretForms(value: string): readonly SecretSpelling[] {
  const bytes = Buffer.from(value, 'utf8')
  const spellings: Readonly<Record<SecretForm, readonly string[]>> = {
    plain: [value, bytes.toString('latin1')],
    base64: base64Forms(bytes),
    percent: percentForms(value),
    json: jsonForms(value),
    hex: hexForms(bytes),
    spoken: spokenForms(value),
  }
  const first = new Map<string, SecretForm>()
  for (const [form, texts] of Object.entries(spellings) as readonly [SecretForm, readonly string[]][])
    for (const text of texts) if (text.length >= SHORTEST_SECRET && !first.has(text)) first.set(text, form)
  return [...first].map(([text, form]) => ({ text, form }))
}

/** One spelling of a secret. */
interface SecretSpelling {
  readonly text: string
  readonly form: SecretForm
}

function base64Forms(bytes: Buffer): readonly string[] {
  const padded = bytes.toString('base64')
  const standard = [padded, padded.replace(/=+$/, ''), ...[0, 1, 2].flatMap((shift) => within(bytes, shift))]
  const urlSafe = standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [...standard, ...urlSafe]
}

/** The Base64 characters that `bytes` alone decide when `shift` other bytes (modulo 3) precede them. */
function within(bytes: Buffer, shift: number): readonly string[] {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url')
  const from = Math.ceil((shift * 8) / 6)
  const core = text.slice(from, Math.floor(((shift + bytes.length) * 8) / 6))
  const standard = core.replaceAll('-', '+').replaceAll('_', '/')
  return standard.length < SHORTEST_BASE64 ? [] : [standard]
}

function percentForms(value: string): readonly string[] {
  const upper = encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8'))
  const thorough = upper.replace(/[!'()*]/g, (character) => `%${hexadecimal(character.charCodeAt(0))}`)
  const query = upper.replaceAll('%20', '+')
  const every = Buffer.from(value, 'utf8').toString('hex').toUpperCase().replace(/../g, '%$&')
  return [upper, thorough, query, every].flatMap((text) => [text, text.replace(/%[0-9A-F]{2}/g, lower)])
}

function hexForms(bytes: Buffer): readonly string[] {
  const hex = bytes.toString('hex')
  return [hex, hex.toUpperCase()]
}

/** Digits as they are shown and read out, with separators between each two, or in the middle. */
function spokenForms(value: string): readonly string[] {
  if (!/^[0-9]+$/.test(value)) return []
  const middle = value.length / 2
  const halves = [value.slice(0, middle), value.slice(middle)]
  return [
    ...[',', ', ', ' ', '-', '.'].map((separator) => Array.from(value).join(separator)),
    halves.join('-'),
    halves.join(' '),
  ]
}

function jsonForms(value: string): readonly string[] {
  const escaped = JSON.stringify(value).slice(1, -1)
  return [escaped, escaped.replaceAll('/', '\\/'), escapedUnits(value)]
}

function hexadecimal(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}

function lower(text: string): string {
  return text.toLowerCase()
}
