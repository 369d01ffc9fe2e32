/** Each UTF-16 unit of a text as `\uXXXX`, the digits in small letters (RFC 8259, section 7). */
export function escapedUnits(text: string): string {
  return Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
}

/** JSON in which every character of its texts is escaped, names of members included. */
export function escapedTexts(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) => `"${escapedUnits(JSON.parse(text) as string)}"`)
}
