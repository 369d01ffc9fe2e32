import { deflateRawSync } from 'node:zlib'

/** A text by its name. */
type NamedText = readonly [name: string, html: string]

/** Where HTML is cut, so that what returns again and again is a piece: before each line, before each `div`, `li`, `p` and the like. */
const CUTS = /(?=\n|<[dlp])/

/** A piece is kept once for all texts where it occurs as often; else it stays where it is. */
const OFTEN = 4

/**
 * Texts in HTML by name, for the script of the page, as JSON, deflated (RFC 1951), in Base64: `pieces`, and of each text
 * the numbers of its pieces, with what is in no piece between them. Deflated alone it is a quarter longer: each return
 * costs there as much as a hundred numbers.
 */
export function packed(texts: readonly NamedText[]): string {
  const cut = texts.map(([name, html]) => [name, html.split(CUTS)] as const)
  const numbers = frequent(cut.flatMap(([, pieces]) => pieces))
  const parts = cut.map(([name, pieces]) => [name, numbered(pieces, numbers)] as const)
  const json = JSON.stringify({ pieces: [...numbers.keys()], texts: Object.fromEntries(parts) })
  return deflateRawSync(json, { level: 9 }).toString('base64')
}

/** The pieces that occur often, numbered in the order of the first of each. */
function frequent(pieces: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1)
  const often = [...counts].filter(([, count]) => count >= OFTEN)
  return new Map(often.map(([piece], number) => [piece, number]))
}

function numbered(pieces: readonly string[], numbers: ReadonlyMap<string, number>): (string | number)[] {
  const parts: (string | number)[] = []
  let between = ''
  for (const piece of pieces) {
    const number = numbers.get(piece)
    if (number === undefined) between += piece
    else {
      if (between !== '') parts.push(between)
      between = ''
      parts.push(number)
    }
  }
  return between === '' ? parts : [...parts, between]
}
