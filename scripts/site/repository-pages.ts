import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { pageOf, type SitePage } from './site-page.ts'

const FILES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'reports/README.md', 'examples/README.md']

/** The pages that are written by hand, as they are in the repository. */
export function repositoryPages(): readonly SitePage[] {
  const docs = readdirSync(join(PACKAGE_ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
  return [...FILES, ...docs].map((path) => pageOf(path, readFileSync(join(PACKAGE_ROOT, path), 'utf8')))
}
