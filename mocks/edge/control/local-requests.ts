import type { IncomingHttpHeaders } from 'node:http'
import { ControlError } from './control-error.ts'

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i
const LOOPBACK_ORIGIN = /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i

/**
 * Throws a ControlError unless the request is addressed to this machine, and from no web page of elsewhere: a browser
 * tells of a name that was made to resolve to loopback in Host, of the page that sends in Origin.
 */
export function checkLocal({ host = '', origin }: IncomingHttpHeaders): void {
  if (!LOOPBACK.test(host)) {
    throw new ControlError(403, `Host: expected 127.0.0.1, [::1] or localhost, got ${shown(host)}`)
  }
  if (origin !== undefined && !LOOPBACK_ORIGIN.test(origin)) {
    throw new ControlError(403, `Origin: expected none, or one on loopback, got ${shown(origin)}`)
  }
}

/** Throws a ControlError unless the Content-Type says JSON, which no form of a web page can. */
export function checkJson({ 'content-type': type = '' }: IncomingHttpHeaders): void {
  if (/^application\/json\s*(?:;|$)/i.test(type)) return
  throw new ControlError(415, `Content-Type: expected application/json, got ${shown(type)}`)
}

function shown(value: string): string {
  return value === '' ? 'none' : JSON.stringify(value.slice(0, 60))
}
