const MAX_CHARACTERS = 256 * 1024

/**
 * The same reader, which reads no text twice: for headers that come with every request. `read` is to give the
 * same for the same text, always. When more texts are remembered than have `maxCharacters` in all, they are
 * forgotten, and it begins anew.
 */
export function remembered<Text extends string | undefined, Read>(
  read: (text: Text) => Read,
  maxCharacters = MAX_CHARACTERS,
): (text: Text) => Read {
  const known = new Map<Text, Read>()
  let characters = 0
  const readAnew = (text: Text): Read => {
    const result = read(text)
    const length = text?.length ?? 0
    characters += length
    if (characters > maxCharacters) {
      known.clear()
      characters = length
    }
    known.set(text, result)
    return result
  }
  return (text) => known.get(text) ?? readAnew(text)
}
