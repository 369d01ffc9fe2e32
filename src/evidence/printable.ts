/**
 * `text` with every control, bidirectional and other unprintable character written as `\u{…}`, so that
 * what a server sent can be shown on a terminal. Line feeds and tabs stay where `lines` is true.
 */
export function printable(text: string, lines = false): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) =>
    lines && (character === '\n' || character === '\t') ? character : `\\u{${hexadecimal(character)}}`,
  )
}

function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16)
}
