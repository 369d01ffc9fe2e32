import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import { htmlDocument } from '../html/document.tsx'
import { Section, Table } from '../html/parts.tsx'
import type { Document, DocumentSection } from './document.ts'

/** A document as one HTML file that needs nothing else. */
export function documentHtml({ title, lead, sections }: Document): string {
  const children = (
    <main>
      <h1>{printable(title)}</h1>
      <Lines lines={lead} />
      {sections.map((section, index) => (
        <Part key={section.title} section={section} id={`part-${index + 1}`} />
      ))}
    </main>
  )
  return htmlDocument({ title, scripted: false, children })
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
