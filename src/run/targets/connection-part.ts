import { dirname, resolve } from 'node:path'
import type { TargetPart } from '#driver/merge-target.ts'
import type { ProxySettings } from '#driver/proxy.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { Configuration } from '../configuration-text.ts'
import { secretText, type Secret, type TargetFilePlace } from './written-source.ts'

/** What a target file says of the way to its server, as it is written and its schema has accepted it. */
export interface WrittenConnection {
  readonly tls?: {
    readonly ca?: string
    readonly insecure?: boolean
    readonly cert?: string
    readonly key?: string
  }
  readonly proxy?: Secret
  readonly headers?: Readonly<Record<string, Secret>>
}

/** A line for each proxy and each header that cannot be used, once the environment has what they need. */
export function connectionMistakes(
  { value, at }: Configuration<WrittenConnection>,
  place: TargetFilePlace,
): readonly string[] {
  const { proxy, headers = {} } = value
  const proxyMistake = proxy === undefined ? null : mistakeOfProxy(secretText(proxy, place))
  const bad = Object.entries(headers).filter(([, text]) => /[^\t -~]/.test(secretText(text, place)))
  return [
    ...(proxyMistake === null ? [] : [at(['proxy'], `proxy: ${proxyMistake}`)]),
    ...bad.map(([name]) => at(['headers', name], `headers.${name}: expected printable ASCII`)),
  ]
}

/** What the file says of the way, with secrets looked up; of certificates and keys it gives the absolute paths. */
export function connectionPart(
  { tls = {}, proxy, headers }: WrittenConnection,
  place: TargetFilePlace,
): Pick<TargetPart, 'tls' | 'proxy' | 'headers'> {
  const { insecure } = tls
  return {
    tls: { insecure, ca: beside(tls.ca, place), cert: beside(tls.cert, place), key: beside(tls.key, place) },
    proxy: proxy === undefined ? undefined : named(secretText(proxy, place)),
    headers: headers && textsOf(headers, place),
  }
}

/**
 * The proxy that the environment names for https:// in HTTPS_PROXY, but for the hosts of NO_PROXY; null where it names
 * none. Throws a UsageError where it names something else than an http:// URL.
 */
export function environmentProxy(env: TargetFilePlace['env']): ProxySettings | null {
  const given = env['HTTPS_PROXY'] ?? env['https_proxy'] ?? ''
  if (given === '') return null
  const url = given.includes('://') ? given : `http://${given}`
  const mistake = mistakeOfProxy(url)
  if (mistake !== null)
    throw new UsageError(`HTTPS_PROXY: ${mistake}; unset it, or name one with proxy: in the target file`)
  return { url, from: 'environment', except: env['NO_PROXY'] ?? env['no_proxy'] ?? '' }
}

function named(url: string): ProxySettings {
  return { url, from: 'target file', except: '' }
}

/** The URL is not repeated: it may hold a password. */
function mistakeOfProxy(text: string): string | null {
  const isProxy = URL.canParse(text) && new URL(text).protocol === 'http:' && new URL(text).hostname !== ''
  return isProxy ? null : 'expected a URL such as http://proxy.example:3128, got another'
}

/** The path of a file that is named relative to the target file. */
function beside(file: string | undefined, { path }: TargetFilePlace): string | undefined {
  return file === undefined ? undefined : resolve(dirname(path), file)
}

function textsOf(
  headers: Readonly<Record<string, Secret>>,
  place: TargetFilePlace,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, secretText(text, place)]))
}
