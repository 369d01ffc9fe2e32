import { createHash } from 'node:crypto'
import { packagedText } from '#protocol/package-root.ts'

/** The style sheet and the script of a page, as they stand in it. */
export interface PageAssets {
  readonly style: string
  readonly script: string
  /** The policy under which a page runs nothing but its own script and asks for nothing. */
  readonly policy: string
}

let read: PageAssets | null = null

/** What ships with the package for its pages, read once. */
export function pageAssets(): PageAssets {
  if (read !== null) return read
  const style = packagedText('report-page/report.css')
  const script = packagedText('report-page/report.js')
  const policy = `default-src 'none'; style-src ${source(style)}; script-src ${source(script)}; base-uri 'none'; form-action 'none'`
  read = { style, script, policy }
  return read
}

function source(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
