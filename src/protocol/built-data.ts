import { createHash } from 'node:crypto'
import { CODE_FORM, packagedText, packagedTextIfThere } from './package-root.ts'

/** Where the build keeps what it made, relative to the package's root. */
const FOLDER = 'dist/src/built'

/** Data that takes a while to be made of texts that ship with the package, and so is made when the package is built. */
export interface BuiltData<T> {
  /** The name of its file, without `.json`. */
  readonly name: string
  /** The paths of all that it is made of, relative to the package's root. */
  readonly paths: readonly string[]
  /** Makes it of their texts, in their order; JSON has to bring it back unchanged. */
  readonly make: (texts: readonly string[]) => T
}

/** The data as the build made it; made now where this code was not built, or a text is another since. Throws as `make` does. */
export function builtData<T>(data: BuiltData<T>): T {
  return keptOrMade(CODE_FORM === 'written' ? null : packagedTextIfThere(fileOf(data)), data)
}

/** The same with the text of the file that a build wrote, null where there is none. */
export function keptOrMade<T>(built: string | null, { paths, make }: BuiltData<T>): T {
  const texts = paths.map(packagedText)
  const kept = built === null ? null : (JSON.parse(built) as { readonly digest: string; readonly data: T })
  return kept?.digest === digestOf(paths, texts) ? kept.data : make(texts)
}

/** What the build is to write, and where, relative to the package's root. Throws as `make` does. */
export function buildData<T>(data: BuiltData<T>): {
  readonly path: string
  readonly text: string
} {
  const { paths, make } = data
  const texts = paths.map(packagedText)
  return {
    path: fileOf(data),
    text: JSON.stringify({ digest: digestOf(paths, texts), data: make(texts) }),
  }
}

function fileOf({ name }: Pick<BuiltData<unknown>, 'name'>): string {
  return `${FOLDER}/${name}.json`
}

function digestOf(paths: readonly string[], texts: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([paths, texts]))
    .digest('hex')
}
