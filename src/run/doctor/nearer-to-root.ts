/** The URL with ever fewer segments of its path: `…/a/v1`, then `…/a`, then the origin. */
export function nearerToRoot(text: string): readonly string[] {
  const url = new URL(text)
  const segments = url.pathname.split('/').filter((segment) => segment !== '')
  return segments.map((_, index) => {
    const kept = segments.slice(0, segments.length - 1 - index)
    return kept.length === 0 ? url.origin : `${url.origin}/${kept.join('/')}`
  })
}
