import { jsonDocument } from '#evidence/json-text.ts'
import type { Document } from './document.ts'
import { documentHtml } from './document-html.tsx'
import { documentMarkdown } from './document-markdown.ts'
import { documentText } from './document-text.ts'

/** The formats in which runs are set beside each other. */
export const DOCUMENT_FORMATS = ['text', 'markdown', 'html', 'json'] as const

/** One of the formats in which runs are set beside each other. */
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]

/** A document in one of its formats; text has lines of at most `columns` characters. */
export function formatDocument(document: Document, format: DocumentFormat, columns: number): string {
  switch (format) {
    case 'text':
      return documentText(document, columns)
    case 'markdown':
      return documentMarkdown(document)
    case 'html':
      return documentHtml(document)
    case 'json':
      return jsonDocument(document)
    default:
      return format satisfies never
  }
}
