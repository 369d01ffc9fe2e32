import { deflateRawSync } from 'node:zlib'

/** Where HTML is cut, so that what returns again and again is a piece: before each line, before each `div`, `li`, `p` and the like. */
const CUTS = /(?=\n|<[dlp])/

/**
 * Texts in HTML by name, for the script of the page: each piece once, and of each text the places of its pieces, as JSON,
 * deflated (RFC 1951), in Base64. Deflated alone it is a fifth longer: each return costs there as much as a hundred places.
 */
export function packed(texts: readonly (readonly [name: string, html: string])[]): string {
  const places = new Map<string, number>()
  const placeOf = (piece: string): number => {
    const known = places.get(piece)
    if (known !== undefined) return known
    places.set(piece, places.size)
    return places.size - 1
  }
  const placed = texts.map(([name, html]) => [name, html.split(CUTS).map(placeOf)] as const)
  const json = JSON.stringify({ pieces: [...places.keys()], texts: Object.fromEntries(placed) })
  return deflateRawSync(json, { level: 9 }).toString('base64')
}
