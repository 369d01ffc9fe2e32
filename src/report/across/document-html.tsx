import type { JSX } from 'preact'
import { render } from 'preact-render-to-string'
import { printable } from '#evidence/printable.ts'
import { Section, Table } from '../html/parts.tsx'
import { STYLE } from '../html/style.ts'
import type { Document, DocumentSection } from './document.ts'

/** A document as one HTML file that needs nothing else: no script, no font, no request. */
export function documentHtml(document: Document): string {
  return `<!doctype html>\n${render(<Page document={document} />)}\n`
}

function Page({ document: { title, lead, sections } }: { readonly document: Document }): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{printable(`${title} — Touchstone`)}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>
          <h1>{printable(title)}</h1>
          <Lines lines={lead} />
          {sections.map((section, index) => (
            <Part key={section.title} section={section} id={`part-${index + 1}`} />
          ))}
        </main>
      </body>
    </html>
  )
}

function Part({ section, id }: { readonly section: DocumentSection; readonly id: string }): JSX.Element {
  const { title, lines = [], table } = section
  return (
    <Section id={id} title={title}>
      {lines.length > 0 && <Lines lines={lines} />}
      {table !== undefined && (
        <Table caption={title} head={table.head}>
          {table.rows.map(([first = '', ...rest]) => (
            <tr key={[first, ...rest].join('\n')}>
              <th scope="row">{printable(first)}</th>
              {rest.map((cell, index) => (
                <td key={table.head[index + 1]}>{printable(cell)}</td>
              ))}
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }): JSX.Element {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{printable(line)}</li>
      ))}
    </ul>
  )
}
