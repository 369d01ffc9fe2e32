import { inflateRawSync } from 'node:zlib'

interface Packed {
  readonly pieces: readonly string[]
  readonly texts: Readonly<Record<string, readonly (string | number)[]>>
}

/** The texts by name that a page packed, put together as its script does. */
export function unpacked(base64: string): ReadonlyMap<string, string> {
  const { pieces, texts } = JSON.parse(inflateRawSync(Buffer.from(base64, 'base64')).toString()) as Packed
  return new Map(
    Object.entries(texts).map(([name, parts]) => [
      name,
      parts.map((part) => (typeof part === 'number' ? pieces[part] : part)).join(''),
    ]),
  )
}
