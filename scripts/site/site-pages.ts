import { faultPages, variantPages } from './catalogue-pages.ts'
import { repositoryPages } from './repository-pages.ts'
import { requirementPages } from './requirement-pages.ts'
import type { SitePage } from './site-page.ts'

/** Folders and files that pages link to, which the site has as they are. */
export const LINKED_FILES = [
  'Dockerfile',
  'LICENSE',
  'action.yml',
  'baselines',
  'docs/report.png',
  'examples',
  'features',
  'requirements',
  'schemas',
  'targets',
] as const

/** Every page of the site: what the repository has, and one for each requirement, fault and variant. */
export async function sitePages(): Promise<readonly SitePage[]> {
  return [
    ...repositoryPages(),
    ...(await requirementPages()),
    ...(await faultPages()),
    ...(await variantPages()),
  ]
}
