import { describe, expect, it } from 'vitest'
import { NeedleIndex } from './needle-index.ts'

const needle = (text: string) => ({ kind: 'secret', text, name: text, form: 'plain' }) as const

function indexOf(...texts: readonly string[]): NeedleIndex {
  const index = new NeedleIndex()
  for (const text of texts) index.add(needle(text))
  return index
}

describe('NeedleIndex', () => {
  it.each([
    ['abcdefgh', 0, 'abcdef'],
    ['abcdeXgh', 0, 'abcde'],
    ['abcdXfgh', 0, 'abcd'],
    ['xxabcde', 2, 'abcde'],
    ['abcXefgh', 0, null],
    ['abc', 0, null],
  ])('finds the longest in %s at %i', (text, place, found) => {
    const index = indexOf('abcd', 'abcdef', 'abcde')
    expect(index.at(text, place)?.name ?? null).toBe(found)
  })

  it('keeps the first of equal spellings, and the length of the longest in bytes', () => {
    const index = indexOf('abcdé')
    index.add({ ...needle('abcdé'), name: 'later' })
    expect([index.at('abcdé', 0)?.name, index.longest]).toEqual(['abcdé', 6])
  })

  it('takes many that begin alike, as a server can give them out', { timeout: 5000 }, () => {
    const index = indexOf(...Array.from({ length: 60_000 }, (_, number) => `?Signature=${number}`))
    expect(index.at('?Signature=59999&', 0)?.text).toBe('?Signature=59999')
  })
})
