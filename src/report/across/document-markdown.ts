import { cell, list, table } from '../markdown-text.ts'
import type { Document, DocumentSection } from './document.ts'

/** A document in Markdown, for a pull request or a chat. */
export function documentMarkdown({ title, lead, sections }: Document): string {
  return [`# ${cell(title)}`, list(lead), ...sections.map(sectionText)].join('\n\n').concat('\n')
}

function sectionText({ title, lines = [], table: rows }: DocumentSection): string {
  return [
    `## ${cell(title)}`,
    ...(lines.length === 0 ? [] : [list(lines)]),
    ...(rows === undefined ? [] : [table(rows.head, rows.rows)]),
  ].join('\n\n')
}
