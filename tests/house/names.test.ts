import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

const LAYERS = ['src', 'mocks', 'steps', 'bench'] as const

/** The production files of a folder, by path from the root. */
function sourcesOf(folder: string): readonly string[] {
  return readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => join(folder, path))
}

/** The names of the types and classes that a file declares. */
function typesIn(path: string): readonly string[] {
  const text = readFileSync(join(PACKAGE_ROOT, path), 'utf8')
  return [...text.matchAll(/^(?:export )?(?:abstract )?(?:interface|type|class) (\w+)/gm)].map(
    ([, name = '']) => name,
  )
}

describe('a type name', () => {
  // The models and the mocks read the specifications apart: either may name what it finds there.
  it.each([
    ['without the mocks', /^(?!mocks)/],
    ['without the models', /^(?!src\/model|steps\/\w+\/walk)/],
  ])('means one thing in the repository %s', (_, counted) => {
    const places = new Map<string, readonly string[]>()
    for (const path of LAYERS.flatMap(sourcesOf).filter((each) => counted.test(each))) {
      for (const name of typesIn(path)) places.set(name, [...(places.get(name) ?? []), path])
    }
    expect(places.size).toBeGreaterThan(500)
    const several = [...places].filter(([, paths]) => paths.length > 1)
    expect(several.map(([name, paths]) => `${name}: ${paths.join(', ')}`)).toEqual([])
  })
})

/** Where a file exports something that no comment stands before. A further signature of a function needs none of its own. */
function undocumentedIn(path: string): readonly string[] {
  const lines = readFileSync(join(PACKAGE_ROOT, path), 'utf8').split('\n')
  const named = new Set<string>()
  return lines.flatMap((line, index) => {
    const name = /^export (?:async |abstract )*(?:function|const|interface|type|class) (\w+|\{)/.exec(
      line,
    )?.[1]
    if (name === undefined || named.has(name)) return []
    named.add(name)
    const before = lines.slice(0, index).findLast((each) => !each.startsWith('// eslint-disable'))
    return before?.trim().endsWith('*/') === true || /^export type \{.*from /.test(line)
      ? []
      : [`${path}:${index + 1}: ${name}`]
  })
}

it('says of each export what it is', () => {
  const found = LAYERS.flatMap(sourcesOf).flatMap(undocumentedIn)
  expect(found).toEqual([])
})

describe.each(['relay', 'mstore'])('the steps of %s', (protocol) => {
  const features = readdirSync(join(PACKAGE_ROOT, 'features', protocol)).map((name) =>
    basename(name, '.feature'),
  )
  const steps = readdirSync(join(PACKAGE_ROOT, 'steps', protocol), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(({ name }) => basename(name, '.ts'))

  it('stand in files named for the features', () => {
    expect(features.length).toBeGreaterThan(5)
    expect(steps.filter((name) => !features.includes(name))).toEqual([])
  })
})
