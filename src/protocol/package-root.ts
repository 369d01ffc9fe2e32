// eslint-disable-next-line no-restricted-imports -- the one place that reads files: those that ship with the package
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds the package's features, schemas and registers, from source and compiled alike. */
export const PACKAGE_ROOT = ascend(dirname(fileURLToPath(import.meta.url)))

/** How this code runs: as it is written, compiled file by file, or joined into few files by `rolldown.commands.mjs`. */
export const CODE_FORM = formOf(relative(PACKAGE_ROOT, fileURLToPath(import.meta.url)).split(sep))

/** A file that ships with the package, as UTF-8 text; `path` is relative to the package's root. */
export function packagedText(path: string): string {
  return readFileSync(join(PACKAGE_ROOT, path), 'utf8')
}

/** The same where a build may have made the file; null where it is not there. */
export function packagedTextIfThere(path: string): string | null {
  return existsSync(join(PACKAGE_ROOT, path)) ? packagedText(path) : null
}

function formOf([folder, within]: readonly string[]): 'written' | 'compiled' | 'joined' {
  if (folder !== 'dist') return 'written'
  return within === 'joined' ? 'joined' : 'compiled'
}

function ascend(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : ascend(dirname(folder))
}
