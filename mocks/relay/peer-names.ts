/** Whether `name` can be that of a node: it goes before the colon of credentials, and into queries. */
export function isNodeName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)
}

/** Why something cannot be a peer of the node called `own`, in one line; null where it can. */
export function peerFault(
  { name, url }: { readonly name: string; readonly url: string },
  own: string,
): string | null {
  if (!isNodeName(name)) return `peer ${shown(name)}: expected a name of letters, digits, . _ and -`
  if (name === own) return `peer ${shown(name)}: expected another name than this node's own`
  return isHttpUrl(url) ? null : `peer ${name}: expected http://HOST:PORT or https, got ${shown(url)}`
}

function isHttpUrl(text: string): boolean {
  const { protocol, search, hash } = URL.canParse(text) ? new URL(text) : { protocol: '' }
  return (protocol === 'http:' || protocol === 'https:') && search === '' && hash === ''
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 60))
}
