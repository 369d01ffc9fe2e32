import type { RecordedBytes, RecordedHeader } from '#evidence/exchange.ts'
import { singleQuoted } from '#evidence/shell-words.ts'
import { headerValue } from './wire-request.ts'
import { isSecretHeader, splitAuthorization } from './redacted-headers.ts'
import { secretVariable } from './secret-variable.ts'
import type { FoundSecret, SecretForm } from './secret-forms.ts'
import { type Secrets, KEPT_BODY_BYTES } from './secrets.ts'

/** The request that a command line is to repeat. */
export interface Repeatable {
  readonly method: string
  readonly url: string
  readonly headers: readonly RecordedHeader[]
  readonly body: Uint8Array | null
  /** The body as it is kept. */
  readonly recorded: RecordedBytes
  readonly insecure: boolean
  /** Whether the server is known by an authority of a file of its own. */
  readonly authority: boolean
}

/** What curl writes itself. */
const CURLS_OWN = new Set(['host', 'content-length', 'connection'])

/**
 * A command line for a POSIX shell that repeats the request, on one line. Secrets are shell variables:
 * `$TOUCHSTONE_AUTH` for what follows the scheme of an Authorization, else `$TOUCHSTONE_` and the
 * secret's name; `$TOUCHSTONE_CA` is the file of the authorities. A digest is left to curl, which makes a fresh one with
 * `$TOUCHSTONE_BTID` and `$TOUCHSTONE_KEY`. A body with control characters comes through `base64 -d`; one too large to be
 * kept is left to a file.
 */
export function curlLine(request: Repeatable, secrets: Secrets): string {
  const { pipe, option, note } = bodyParts(request, secrets)
  const command = [
    'curl -sS -i',
    request.insecure ? '-k' : '',
    request.authority ? '--cacert "$TOUCHSTONE_CA"' : '',
    pathOptions(request.url),
    request.method === 'HEAD' ? '--head' : `-X ${quote(request.method, secrets)}`,
    ...headerOptions(request, secrets),
    option,
    quote(isDigest(request) ? asHashed(request.url) : request.url, secrets),
  ]
  return `${pipe}${command.filter((part) => part !== '').join(' ')}${note}`
}

function isDigest({ headers }: Pick<Repeatable, 'headers'>): boolean {
  return headers.some(([name, value]) => isDigestHeader(name, value))
}

function isDigestHeader(name: string, value: string): boolean {
  return name.toLowerCase() === 'authorization' && /^digest /i.test(value)
}

/** Escapes of characters that a path may have as they are. */
const NEEDLESS_ESCAPE = /%(?:2[1467-9A-D]|3[ABD]|40|5F|7E)/gi

/** The URL with its path decoded as far as it can be: curl hashes the path as it is written, an mStore the decoded one. */
function asHashed(url: string): string {
  const [, path = url, query = ''] = /^([^?]*)(.*)$/s.exec(url) ?? []
  return path.replace(NEEDLESS_ESCAPE, decodeURIComponent) + query
}

function pathOptions(url: string): string {
  return `${/\/\.{1,2}(?:\/|$|\?)/.test(url) ? '--path-as-is ' : ''}${/[[\]{}]/.test(url) ? '-g' : ''}`.trim()
}

function headerOptions({ headers, body }: Repeatable, secrets: Secrets): readonly string[] {
  const given = headers
    .filter(([name]) => !CURLS_OWN.has(name.toLowerCase()))
    .map(([name, value]) => headerOption(name, value, secrets))
  const noType = body !== null && headerValue(headers, 'content-type') === null
  return noType ? [...given, "-H 'Content-Type:'"] : given
}

function headerOption(name: string, value: string, secrets: Secrets): string {
  if (isDigestHeader(name, value)) return '--digest -u "$TOUCHSTONE_BTID:$TOUCHSTONE_KEY"'
  if (secrets.hidesHeader(name)) return `-H ${singleQuoted(`${name}: `)}"$${secretVariable(name)}"`
  if (!isSecretHeader(name)) {
    return value === '' ? `-H ${quote(`${name};`, secrets)}` : `-H ${quote(`${name}: ${value}`, secrets)}`
  }
  const { scheme, token } = splitAuthorization(value)
  const words = [`${name}:`, scheme, token === '' ? '' : '$TOUCHSTONE_AUTH'].filter((word) => word !== '')
  return `-H "${words.join(' ')}"`
}

function bodyParts({ body, recorded }: Repeatable, secrets: Secrets) {
  if (body === null) return { pipe: '', option: '', note: '' }
  if (body.length > KEPT_BODY_BYTES) {
    return {
      pipe: '',
      option: '--data-binary @body.bin',
      note: ` # body.bin: the ${body.length} bytes that were sent`,
    }
  }
  const text = Buffer.from(body).toString('utf8')
  if (recorded.kind === 'text' && !/[\t\r\n]/.test(text) && !text.startsWith('@')) {
    return { pipe: '', option: `--data-binary ${quote(text, secrets)}`, note: '' }
  }
  const base64 = recorded.kind === 'text' ? Buffer.from(recorded.text).toString('base64') : recorded.base64
  return { pipe: `printf %s '${base64}' | base64 -d | `, option: '--data-binary @-', note: '' }
}

/** The text as one shell word: plain stretches in single quotes, secrets as variables in double quotes. */
function quote(text: string, secrets: Secrets): string {
  const words = secrets
    .segments(text)
    .map((segment) => (segment.kind === 'plain' ? plainWord(segment.text) : `"$${variable(segment)}"`))
  return words.length === 0 ? "''" : words.join('')
}

function plainWord(text: string): string {
  return /^[A-Z]+$/.test(text) ? text : singleQuoted(text)
}

const SUFFIXES: Readonly<Record<SecretForm, string>> = {
  plain: '',
  base64: '_BASE64',
  percent: '_ENCODED',
  json: '_JSON',
  hex: '_HEX',
  spoken: '_SPOKEN',
}

function variable({ name, form }: FoundSecret): string {
  return `${secretVariable(name)}${SUFFIXES[form]}`
}
