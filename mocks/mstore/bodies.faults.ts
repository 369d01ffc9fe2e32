import { parseJson } from '#protocol/json.ts'
import { parseError } from '#protocol/parse-error.ts'
import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import type { MStorePatch } from './rulebook.ts'

/** JSON that ends too early is read as if it were whole. */
export const readsCutJson: MStorePatch = {
  bodies: {
    parse: (body) => {
      const read = parseJson(body)
      return read.kind === 'parse-error' ? parseJson(utf8(`${textOf(body)}}}`)) : read
    },
  },
}

/** JSON is refused whose text is written in a way that it may be written in. */
export function refusing(spelling: RegExp): MStorePatch {
  return {
    bodies: {
      parse: (body) =>
        spelling.test(textOf(body)) ? parseError('JSON: expected another spelling') : parseJson(body),
    },
  }
}

function textOf(body: Uint8Array): string {
  return fromUtf8(body) ?? ''
}
