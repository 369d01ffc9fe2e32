import type { ComponentChildren, JSX } from 'preact'
import { render } from 'preact-render-to-string'
import { printable } from '#evidence/printable.ts'
import { pageAssets } from './assets.ts'

interface DocumentProps {
  readonly title: string
  /** Whether the script of the report runs in it. */
  readonly scripted: boolean
  readonly children: ComponentChildren
}

/** A page as one HTML file that needs nothing else: no font, no picture, no request. */
export function htmlDocument({ children, ...props }: DocumentProps): string {
  return `<!doctype html>\n${render(<HtmlDocument {...props}>{children}</HtmlDocument>)}\n`
}

function HtmlDocument({ title, scripted, children }: DocumentProps): JSX.Element {
  const { style, script, policy } = pageAssets()
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{printable(`${title} — Touchstone`)}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {children}
        {scripted && <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  )
}
