import { entryPath, pageOf, type SitePage } from './site-page.ts'

/** Entries to list under the areas of their requirements. `text` is Markdown. */
export interface Listed {
  readonly folder: 'requirements' | 'faults' | 'variants'
  readonly title: string
  readonly entries: readonly {
    readonly id: string
    readonly requirement: string
    readonly text: string
  }[]
}

/** A page that leads to each entry, area by area. */
export function areaList({ folder, title, entries }: Listed): SitePage {
  const areaOf = ({ requirement }: Listed['entries'][number]): string => requirement.replace(/-\d+$/, '')
  const sections = [...new Set(entries.map(areaOf))].map((area) =>
    [
      `## ${area}`,
      '',
      ...entries
        .filter((entry) => areaOf(entry) === area)
        .map(({ id, text }) => `- ${entryLink(folder, id, '../')}: ${text}`),
    ].join('\n'),
  )
  return pageOf(`${folder}/README.md`, [`# ${title}`, `${entries.length} in all.`, ...sections].join('\n\n'))
}

/** A link to the page of an entry; `up` leads from the page that has the link to the top. */
export function entryLink(folder: Listed['folder'], id: string, up: string): string {
  return `[${id}](${up}${entryPath(folder, id)})`
}
