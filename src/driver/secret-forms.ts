/** How a secret was written where it was found. */
export type SecretForm = 'plain' | 'base64' | 'percent' | 'json'

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

/** Characters of Base64 that are enough to recognise a secret within a longer text without chance hits. */
const SHORTEST_BASE64 = 6

/** Every spelling under which `value` may be found in a request, an answer, a URL or a command. */
export function secretForms(value: string): readonly { readonly text: string; readonly form: SecretForm }[] {
  const bytes = Buffer.from(value, 'utf8')
  return [
    { form: 'plain', text: value },
    { form: 'plain', text: bytes.toString('latin1') },
    ...base64Forms(bytes).map((text) => ({ form: 'base64' as const, text })),
    ...percentForms(value).map((text) => ({ form: 'percent' as const, text })),
    ...jsonForms(value).map((text) => ({ form: 'json' as const, text })),
  ]
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
  const thorough = upper.replace(/[!'()*]/g, (character) => `%${hexadecimal(character)}`)
  const query = upper.replaceAll('%20', '+')
  return [upper, thorough, query].flatMap((text) => [text, text.replace(/%[0-9A-F]{2}/g, lower)])
}

function jsonForms(value: string): readonly string[] {
  const escaped = JSON.stringify(value).slice(1, -1)
  return [escaped, escaped.replaceAll('/', '\\/')]
}

function hexadecimal(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase()
}

function lower(text: string): string {
  return text.toLowerCase()
}
