import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { phraseBook, usedPhrases } from './phrase-book.ts'
import type { DefinedParameter, DefinedPhrase, UsedPhrase } from './phrase-book.ts'

const { current, definitions, parameters } = vi.hoisted(() => ({
  current: { file: '' },
  definitions: [] as DefinedPhrase[],
  parameters: [] as DefinedParameter[],
}))

vi.mock('@cucumber/cucumber', () => {
  const define = (phrase: string) => {
    definitions.push({ phrase, file: current.file })
  }
  const ignore = () => undefined
  return {
    Given: define,
    When: define,
    Then: define,
    defineParameterType: (parameter: DefinedParameter) => {
      parameters.push(parameter)
    },
    After: ignore,
    AfterAll: ignore,
    AfterStep: ignore,
    Before: ignore,
    BeforeAll: ignore,
    BeforeStep: ignore,
    setDefaultTimeout: ignore,
    setDefinitionFunctionWrapper: ignore,
    setWorldConstructor: ignore,
    World: Object,
  }
})

/** Loads every step file; what a file imports defines its phrases under its own name first. */
async function load(): Promise<readonly UsedPhrase[]> {
  const root = join(PACKAGE_ROOT, 'steps')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  for (const file of files.toSorted()) {
    current.file = file.slice(0, -'.ts'.length)
    await import(join(root, file))
  }
  return usedPhrases(definitions, parameters)
}

const MOST_PHRASES = 120
const LEAST_SHARED = 25

describe('the phrase book', () => {
  let phrases: readonly UsedPhrase[] = []
  beforeAll(async () => {
    phrases = await load()
  })

  it('has every phrase once', () => {
    const texts = phrases.map(({ phrase }) => phrase)
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([])
  })

  it('has no phrase that no scenario uses', () => {
    const unused = phrases.filter(({ scenarios }) => scenarios.relay + scenarios.mstore === 0)
    expect(unused.map(({ phrase }) => phrase)).toEqual([])
  })

  it('has 120 phrases at most, 25 of them used by both protocols', () => {
    expect(phrases.length).toBeLessThanOrEqual(MOST_PHRASES)
    const shared = phrases.filter(({ scenarios }) => scenarios.relay > 0 && scenarios.mstore > 0)
    expect(shared.length).toBeGreaterThanOrEqual(LEAST_SHARED)
  })

  it('gives a reason beside each phrase that one scenario alone uses, and beside no other', () => {
    const [once, more] = [
      phrases.filter(({ scenarios }) => scenarios.relay + scenarios.mstore === 1),
      phrases.filter(({ scenarios }) => scenarios.relay + scenarios.mstore > 1),
    ]
    expect(once.filter(({ reason }) => reason === null).map(({ phrase }) => phrase)).toEqual([])
    expect(more.filter(({ reason }) => reason !== null).map(({ phrase }) => phrase)).toEqual([])
  })

  it('is written down (else: npm run phrases)', async () => {
    await expect(phraseBook(phrases)).toMatchFileSnapshot(join(PACKAGE_ROOT, 'docs/phrases.md'))
  })
})
