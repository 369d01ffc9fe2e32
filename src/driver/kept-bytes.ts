import type { RecordedBytes } from '#evidence/exchange.ts'
import type { FoundSecret, Segment } from './secret-forms.ts'

interface BytesToKeep {
  /** Bytes of the original that are kept. */
  readonly limit: number
  readonly segments: (text: string) => readonly Segment[]
  readonly shown: (secret: FoundSecret) => string
}

/**
 * The record of a body of `total` bytes, of which `window` holds the beginning: as text where that is
 * printable UTF-8 (tabs and line ends included), else as Base64. Secrets are replaced in both.
 */
export function cutSegments(window: Buffer, total: number, keeping: BytesToKeep): RecordedBytes {
  const cut = total > keeping.limit
  const text = printableText(window, window.length < total)
  if (text !== null) return { kind: 'text', text: kept(text, 'utf8', keeping).toString(), bytes: total, cut }
  const base64 = kept(window.toString('latin1'), 'latin1', keeping).toString('base64')
  return { kind: 'base64', base64, bytes: total, cut }
}

function kept(text: string, encoding: 'utf8' | 'latin1', { limit, segments, shown }: BytesToKeep): Buffer {
  const parts: Buffer[] = []
  let taken = 0
  for (const segment of segments(text)) {
    if (taken >= limit) break
    const original = Buffer.from(segment.text, encoding)
    parts.push(segment.kind === 'secret' ? Buffer.from(shown(segment)) : original.subarray(0, limit - taken))
    taken += original.length
  }
  const bytes = Buffer.concat(parts)
  return encoding === 'utf8' ? bytes.subarray(0, wholeCharacters(bytes)) : bytes
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

function printableText(bytes: Buffer, cut: boolean): string | null {
  try {
    const text = strict.decode(cut ? bytes.subarray(0, wholeCharacters(bytes)) : bytes)
    return UNPRINTABLE.test(text) ? null : text
  } catch {
    return null
  }
}

const CONTINUATION = 0x80
const LEAD = 0xc0
const LONGEST_CHARACTER = 4

/** How many bytes are left when a UTF-8 character that the cut went through is dropped. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(LONGEST_CHARACTER, bytes.length); back += 1) {
    const byte = bytes.readUInt8(bytes.length - back)
    if ((byte & LEAD) === CONTINUATION) continue
    return back >= characterLength(byte) ? bytes.length : bytes.length - back
  }
  return bytes.length
}

function characterLength(lead: number): number {
  if (lead < 0xc0) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}
