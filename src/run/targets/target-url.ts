import { isOfThisMachine } from '#driver/address.ts'

/** What is a URL to its parser, of a scheme that goes by the name of the host: `localhost:8080/v1`. */
const HOST_AND_PORT = /^[\w.-]+:\d+(?:\/[^?#@]*)?$/

/** What is wrong with `text` as the URL of a server or a control plane, in one line; null where nothing is. */
export function urlMistake(text: string): string | null {
  if (!URL.canParse(text)) return `expected a URL such as http://127.0.0.1:8080, got ${JSON.stringify(text)}`
  if (HOST_AND_PORT.test(text)) return `expected http:// or https:// in front, got ${JSON.stringify(text)}`
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `expected an http: or https: URL, got ${JSON.stringify(url.protocol)}`
  if (url.username !== '' || url.password !== '')
    return 'expected a URL without credentials; a run makes its own accounts'
  if (url.search !== '' || url.hash !== '') return 'expected a URL without query and fragment'
  return null
}

/** Whether the host of the URL `text` is this very machine, in any spelling; that of a text that is no URL is not. */
export function isLoopback(text: string): boolean {
  return URL.canParse(text) && isOfThisMachine(new URL(text).hostname)
}

/** `text` as a base that request targets are put behind: without a slash at the end. */
export function baseUrl(text: string): string {
  return new URL(text).href.replace(/\/+$/, '')
}
