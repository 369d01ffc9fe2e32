import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PACKAGE_ROOT, packagedText } from '#protocol/package-root.ts'

const PACKAGED = 'fixtures/tls/authority.pem'

/** The file of the authority that clients of a mock are to trust. */
export interface AuthorityFile {
  /** Null where there is none to trust, or it is not known here. */
  readonly path: string | null
  /** Removes it where it was made for this mock. */
  readonly remove: () => void
}

/** The file with that certificate (PEM text): the one that ships with the package, else one that is written now. */
export function authorityFile(ca: string | null): AuthorityFile {
  if (ca === null) return { path: null, remove: () => undefined }
  if (ca === packagedText(PACKAGED)) return { path: join(PACKAGE_ROOT, PACKAGED), remove: () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-'))
  const path = join(folder, 'authority.pem')
  writeFileSync(path, ca)
  return {
    path,
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
