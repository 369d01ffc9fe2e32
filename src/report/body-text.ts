import { parse, stringify } from 'lossless-json'
import type { RecordedBytes } from '#evidence/exchange.ts'
import { printable } from '#evidence/printable.ts'

/** Characters of a text and bytes of anything else that are shown; the record has more. */
const SHOWN = { characters: 4_000, bytes: 256 } as const

const LINE_BYTES = 16

/**
 * A body for a reader, printable, line by line: JSON indented with its numbers as they were written, other text as it
 * is, bytes in hexadecimal with their ASCII characters. A long body is cut, and says so. Empty where there is none.
 */
export function bodyText(body: RecordedBytes): string {
  if (body.bytes === 0) return ''
  return body.kind === 'text' ? textBody(body) : bytesBody(body)
}

function textBody({ text, bytes, cut }: Extract<RecordedBytes, { kind: 'text' }>): string {
  const isLong = cut || text.length > SHOWN.characters
  if (isLong) return `${printable(text.slice(0, SHOWN.characters), true)}\n[… cut; ${bytes} bytes in all]`
  return printable(indented(text) ?? text, true)
}

/** JSON on lines of its own; null where it is none, or would become much longer than it is. */
function indented(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    const lines = stringify(parse(text), null, 2) ?? ''
    return lines.length > 4 * SHOWN.characters ? null : lines
  } catch {
    return null
  }
}

function bytesBody({ base64, bytes }: Extract<RecordedBytes, { kind: 'base64' }>): string {
  const shown = Buffer.from(base64, 'base64').subarray(0, SHOWN.bytes)
  const lines = Array.from({ length: Math.ceil(shown.length / LINE_BYTES) }, (_, line) =>
    hexadecimalLine(shown, line * LINE_BYTES),
  )
  const rest = bytes > shown.length ? [`[… cut; ${bytes} bytes in all]`] : []
  return [...lines, ...rest].join('\n')
}

/** `00000010  de ad be ef …  ....`: the offset, the bytes from it, and those that are printable ASCII. */
function hexadecimalLine(bytes: Buffer, offset: number): string {
  const part = bytes.subarray(offset, offset + LINE_BYTES)
  const pairs = [...part].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const characters = part.toString('latin1').replace(/[^ -~]/g, '.')
  return `${offset.toString(16).padStart(8, '0')}  ${pairs.padEnd(LINE_BYTES * 3 - 1)}  ${characters}`
}
