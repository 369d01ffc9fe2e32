import { type ParseError, parseError } from './parse-error.ts'

/** One `name=value` of an authentication header; `value` without its quotes and escapes, `name` as written. */
export interface AuthParam {
  readonly name: string
  readonly value: string
  readonly quoted: boolean
}

/** A scheme with its parameters in their order, or with the one bare text that schemes such as Basic take. */
export interface AuthScheme {
  readonly scheme: string
  readonly params: readonly AuthParam[]
  readonly token68: string | null
}

/** The schemes of one header field, in their order. */
export interface AuthSchemes {
  readonly kind: 'schemes'
  readonly schemes: readonly AuthScheme[]
}

/** A list of parameters without a scheme, as in `Authentication-Info`. */
export interface AuthParams {
  readonly kind: 'params'
  readonly params: readonly AuthParam[]
}

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
const GAP = /[ \t,]*/y
const SCHEME = new RegExp(`(${TOKEN})(?:[ \\t]+|(?=,)|$)`, 'y')
const TOKEN68 = /([A-Za-z0-9\-._~+/]+=*)[ \t]*(?=,|$)/y
const PARAM = new RegExp(
  `(${TOKEN})[ \\t]*=[ \\t]*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]+))[ \\t]*(?=,|$)`,
  'ys',
)

/**
 * Reads the text of a `WWW-Authenticate` or `Authorization` field (RFC 7235, section 2.1): schemes with
 * parameters, commas inside quotes and escapes included. A bare value is any run without blanks, commas and
 * quotes. What fits neither a parameter nor a scheme, a name given twice in one scheme, and more than
 * `MAX_CHARACTERS` are parse errors.
 */
export function parseAuthSchemes(header: string): AuthSchemes | ParseError {
  if (header.length > MAX_CHARACTERS) return tooLong(header)
  const schemes: AuthScheme[] = []
  for (let at = skip(header, 0); at < header.length; at = skip(header, at)) {
    const opening = match(SCHEME, header, at)
    if (opening === null) return unexpected('a scheme', header, at)
    at += opening[0].length
    const bare = match(TOKEN68, header, at)
    const list = bare === null ? readParams(header, at) : { params: [], end: at + bare[0].length }
    if ('kind' in list) return list
    schemes.push({ scheme: opening[1] ?? '', params: list.params, token68: bare?.[1] ?? null })
    at = list.end
  }
  return schemes.length > 0
    ? { kind: 'schemes', schemes }
    : parseError('authentication: expected a scheme, got none')
}

/** Reads a bare list of parameters, as `Authentication-Info` has it (RFC 2617, section 3.2.3). */
export function parseAuthParams(text: string): AuthParams | ParseError {
  if (text.length > MAX_CHARACTERS) return tooLong(text)
  const list = readParams(text, skip(text, 0))
  if ('kind' in list) return list
  return list.end < text.length
    ? unexpected('a parameter', text, list.end)
    : { kind: 'params', params: list.params }
}

/** The text of a list of parameters; quotes and backslashes of a quoted value are escaped. */
export function formatAuthParams(params: readonly AuthParam[], separator = ','): string {
  return params.map(formatParam).join(separator)
}

/** The value of the parameter called `name`, whatever its case; null where there is none. */
export function paramValue(params: readonly AuthParam[], name: string): string | null {
  return findParam(params, name)?.value ?? null
}

/** The parameter called `name`, whatever its case; null where there is none. */
export function findParam(params: readonly AuthParam[], name: string): AuthParam | null {
  return params.find((param) => param.name.toLowerCase() === name.toLowerCase()) ?? null
}

/** The first scheme called `name`, whatever its case; null where there is none. */
export function findScheme(schemes: readonly AuthScheme[], name: string): AuthScheme | null {
  return schemes.find(({ scheme }) => scheme.toLowerCase() === name.toLowerCase()) ?? null
}

/** Longer than any header that is meant; of what is much longer no expression can be matched. */
const MAX_CHARACTERS = 65_536

function tooLong({ length }: string): ParseError {
  return parseError(`authentication: expected at most ${MAX_CHARACTERS} characters, got ${length}`)
}

interface ParamList {
  readonly params: readonly AuthParam[]
  readonly end: number
}

function readParams(text: string, start: number): ParamList | ParseError {
  const params: AuthParam[] = []
  const names = new Set<string>()
  let end = start
  for (;;) {
    const at = skip(text, end)
    const found = match(PARAM, text, at)
    if (found === null) return { params, end: at }
    const [whole, name = '', quoted, bare = ''] = found
    if (names.size === names.add(name.toLowerCase()).size)
      return parseError(`authentication: expected ${name} once, got it again at ${at}`)
    params.push({ name, value: quoted?.replace(/\\(.)/gs, '$1') ?? bare, quoted: quoted !== undefined })
    end = at + whole.length
  }
}

function formatParam({ name, value, quoted }: AuthParam): string {
  return quoted ? `${name}="${value.replace(/["\\]/g, '\\$&')}"` : `${name}=${value}`
}

function skip(text: string, at: number): number {
  return at + (match(GAP, text, at)?.[0].length ?? 0)
}

function match(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at
  return sticky.exec(text)
}

function unexpected(wanted: string, text: string, at: number): ParseError {
  return parseError(
    `authentication: expected ${wanted}, got ${JSON.stringify(text.slice(at, at + 40))} at character ${at}`,
  )
}
