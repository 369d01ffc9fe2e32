/** A page of the site. */
export interface SitePage {
  /** Where its Markdown is or would be in the repository; links of the page are relative to it. */
  readonly path: string
  readonly title: string
  readonly markdown: string
}

/** A page whose title is its first heading. */
export function pageOf(path: string, markdown: string): SitePage {
  return { path, title: /^# (.*)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? path, markdown }
}

/** Where the page of a requirement, a fault or a variant is. */
export function entryPath(folder: 'requirements' | 'faults' | 'variants', id: string): string {
  return `${folder}/${id}.md`
}
