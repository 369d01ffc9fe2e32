import { packagedText } from '#protocol/package-root.ts'
import type { Protocol } from '#protocol/requirements.ts'

/** One entry of docs/clarifications.md: its id, its title and what it says, as Markdown. */
export interface Clarification {
  readonly id: string
  readonly title: string
  readonly text: string
}

const TITLES = { relay: 'Relay', mstore: 'mStore' } as const satisfies Record<Protocol, string>

/** The clarifications of `protocol` by id (`E-14`), in the order of docs/clarifications.md. */
export function loadClarifications(protocol: Protocol): ReadonlyMap<string, Clarification> {
  return parseClarifications(packagedText('docs/clarifications.md'), TITLES[protocol])
}

/** The entries (`### E-14: title`) under the heading `## part`; none where there is no such heading. */
export function parseClarifications(text: string, part: string): ReadonlyMap<string, Clarification> {
  const section = text.split(/^## /m).find((one) => one.startsWith(`${part}\n`)) ?? ''
  const entries = section.split(/^### /m).slice(1).map(clarification)
  return new Map(entries.map((entry) => [entry.id, entry]))
}

function clarification(entry: string): Clarification {
  const [heading = '', ...lines] = entry.split('\n')
  const [id = '', ...title] = heading.split(': ')
  return { id, title: title.join(': '), text: lines.join('\n').trim() }
}
