import { expect, it } from 'vitest'
import { render } from 'preact-render-to-string'
import { Prose } from './prose.tsx'

it('shows what stands between backticks as code, and escapes all of it', () => {
  expect(render(<Prose text="`sms` or `<voice>` & no other" />)).toBe(
    '<code>sms</code> or <code>&lt;voice></code> &amp; no other',
  )
})
