import { expect, it } from 'vitest'
import { cell, table } from './markdown-text.ts'

it.each([
  ['ask @octocat for it', 'ask `@octocat` for it'],
  ['mail a.b@example.org', 'mail `a.b@example.org`'],
  ['fixes #12, org/place#3 and !4', 'fixes `#12,` `org/place#3` and `!4`'],
  ['see GH-12', 'see `GH-12`'],
  ['at http://127.0.0.1:1/a_b*c*', 'at `http://127.0.0.1:1/a_b*c*`'],
  ['at www.example.org', 'at `www.example.org`'],
  ['since f84e1961', 'since `f84e1961`'],
  ['`@a` and |@b|', '\\``@a`\\` and \\|`@b`\\|'],
  ['401 for *no* <b>\n# one', '401 for \\*no\\* \\<b\\> \\# one'],
])('%j is no mention, reference or link', (text, shown) => {
  expect(cell(text)).toBe(shown)
})

it('reads a long word in time that grows with it alone', () => {
  const text = 'a:/'.repeat(300_000)
  expect(cell(text)).toBe(text)
})

it('keeps a table in its columns', () => {
  const [, , row = ''] = table(['a', 'b'], [['@x|y', 'http://a|b']]).split('\n')
  expect(row.split(/(?<!\\)\|/)).toHaveLength(4)
})
