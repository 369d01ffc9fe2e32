import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { featuresDigest } from './features-digest.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'touchstone-features-'))
  mkdirSync(join(root, 'elsewhere'))
  write({ 'a.feature': 'Feature: a', 'b.feature': 'Feature: b', 'elsewhere/a.feature': 'Feature: a' })
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
}

const digest = (...uris: readonly string[]) =>
  featuresDigest(
    uris.map((uri) => ({ uri })),
    root,
  )

it('is of what is in the files, wherever they are and in whatever order', () => {
  const once = digest('a.feature', 'b.feature')
  expect(once).toMatch(/^[0-9a-f]{64}$/)
  expect(digest('b.feature', 'elsewhere/a.feature', 'b.feature')).toBe(once)
})

it('is another where a file has other text, or is missing', () => {
  const before = digest('a.feature', 'b.feature')
  expect(digest('a.feature')).not.toBe(before)
  write({ 'b.feature': 'Feature: c' })
  expect(digest('a.feature', 'b.feature')).not.toBe(before)
})
