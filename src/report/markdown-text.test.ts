import { expect, it } from 'vitest'
import { cell, table } from './markdown-text.ts'

it.each([
  ['ask @octocat for it', 'ask `@octocat` for it'],
  ['mail a.b@example.org', 'mail `a.b@example.org`'],
  ['fixes #12, org/place#3 and !4', 'fixes `#12`, `org/place#3` and `!4`'],
  ['see GH-12', 'see `GH-12`'],
  ['at http://127.0.0.1:1/a_b*c*', 'at `http://127.0.0.1:1/a_b*c*`'],
  ['at www.example.org', 'at `www.example.org`'],
  ['since f84e1961', 'since `f84e1961`'],
  ['at http://127.0.0.1:1, (http://b/c).', 'at `http://127.0.0.1:1`, (`http://b/c`).'],
  ['|@b| and `@a', '\\|`@b`\\| and \\``@a`'],
  ['401 for *no* <b>\n# one', '401 for \\*no\\* \\<b\\> \\# one'],
])('%j is no mention, reference or link', (text, shown) => {
  expect(cell(text)).toBe(shown)
})

it.each([
  ['a `400` or `{"m": *}`, (`c`)', 'a `400` or `{"m": *}`, (`c`)'],
  ['not x`a`b, ``c``', 'not x\\`a\\`b, \\`\\`c\\`\\`'],
  ['no `a|b`', 'no \\`a\\|b\\`'],
])('%j has as code what stands between backticks as a word', (text, shown) => {
  expect(cell(text)).toBe(shown)
})

it('reads a long word in time that grows with it alone', () => {
  const text = 'a:/'.repeat(300_000)
  expect(cell(text)).toBe(text)
  expect(cell(`@a${')'.repeat(300_000)}b`)).toContain(')b`')
})

it('keeps a table in its columns', () => {
  const [, , row = ''] = table(['a', 'b'], [['@x|y', 'http://a|b']]).split('\n')
  expect(row.split(/(?<!\\)\|/)).toHaveLength(4)
})
