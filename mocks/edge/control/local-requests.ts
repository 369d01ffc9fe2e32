import type { IncomingHttpHeaders } from 'node:http'
import { hostnameOf } from '../authority.ts'
import { ControlError } from './control-error.ts'

/**
 * Throws a ControlError unless the request is addressed to one of these names, and comes from no web page of elsewhere: a
 * browser sends in Host the name that was made to resolve to this machine, and in Origin the site of the web page.
 */
export function checkLocal({ host = '', origin }: IncomingHttpHeaders, names: readonly string[]): void {
  if (!names.includes(hostnameOf(`http://${host}`) ?? '')) {
    throw new ControlError(403, `Host: expected ${listed(names)}, got ${shown(host)}`)
  }
  if (origin !== undefined && !names.includes(hostnameOf(origin) ?? '')) {
    throw new ControlError(403, `Origin: expected none, or one of ${listed(names)}, got ${shown(origin)}`)
  }
}

function listed(names: readonly string[]): string {
  return names.join(', ')
}

/** Throws a ControlError unless the Content-Type says JSON, which no form of a web page can. */
export function checkJson({ 'content-type': type = '' }: IncomingHttpHeaders): void {
  if (/^application\/json\s*(?:;|$)/i.test(type)) return
  throw new ControlError(415, `Content-Type: expected application/json, got ${shown(type)}`)
}

function shown(text: string): string {
  return text === '' ? 'none' : JSON.stringify(text.slice(0, 60))
}
