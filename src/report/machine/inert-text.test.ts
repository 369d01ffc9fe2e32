import { describe, expect, test } from 'vitest'
import { inertText } from './inert-text.ts'

/** Whether a runner of GitHub Actions takes a line for a command. */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[')
}

describe('inertText', () => {
  test.each([
    '::error::x',
    '  ::add-mask::x',
    '\t::stop-commands::x',
    'a ##[error]x',
    'a\n::debug::x',
    ':::x',
  ])('has no command in %j', (text) => {
    expect(text.split('\n').some(isCommand)).toBe(true)
    expect(inertText(text).split('\n').some(isCommand)).toBe(false)
  })

  test('leaves other text as it is', () => {
    const text = 'relay at http://[::1]:8080\n  got 200 :: 204\n'
    expect(inertText(text)).toBe(text)
  })
})
