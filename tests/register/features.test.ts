import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { isRequirementId, loadRegister, type Levels } from '#protocol/register.ts'
import { CAPABILITIES, DIALECTS, PROTOCOLS, RISKS } from '#protocol/requirements.ts'
import { loadFeatures } from '#run/features.ts'

/** What a tag may name besides a requirement. */
const PRECONDITIONS: readonly string[] = [...RISKS, ...CAPABILITIES]

describe.each(PROTOCOLS)('the features of %s', (protocol) => {
  const requirements = [...loadRegister(protocol).requirements.values()]
  const known = new Set<string>(requirements.map(({ id }) => id))
  const scenarios = loadFeatures(protocol)
  const tagged = new Set(scenarios.flatMap(({ tags }) => tags))

  test('name only requirements of the register, risks and capabilities', () => {
    const unknown = scenarios.flatMap(({ location, tags }) =>
      tags
        .filter((tag) => !known.has(tag) && !PRECONDITIONS.includes(tag))
        .map((tag) => `${location} @${tag}`),
    )
    expect(unknown).toEqual([])
  })

  test('say of every scenario which requirement it verifies', () => {
    const silent = scenarios.filter(({ tags }) => !tags.some(isRequirementId))
    expect(silent.map(({ location }) => location)).toEqual([])
  })

  test('have no two scenarios of one name in a feature, of which a JUnit reader shows one', () => {
    const names = scenarios.map(({ feature, name }) => `${feature}: ${name}`)
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([])
  })

  test('have a scenario for every MUST and SHOULD that binds the server', () => {
    const missing = requirements
      .filter(({ id }) => !tagged.has(id))
      .filter(
        ({ levels, binds, untestable }) => isBinding(levels) && binds !== 'client' && untestable === null,
      )
    expect(missing.map(({ id }) => id)).toEqual([])
  })
})

/** Whether a requirement can be violated in one dialect at least. */
function isBinding(levels: Levels): boolean {
  return DIALECTS.some((dialect) => levels[dialect] !== 'MAY')
}

describe('requirements that no server shows', () => {
  test('name tests that are there and say which requirement they hold', () => {
    const { requirements } = loadRegister('relay')
    const unseen = [...requirements.values()].filter(
      ({ binds, untestable }) => binds === 'client' || untestable !== null,
    )
    expect(unseen.length).toBeGreaterThan(10)
    const missing = unseen.flatMap(({ id, tests }) =>
      tests.length === 0
        ? [id]
        : tests.filter((file) => !testText(file).includes(id)).map((file) => `${id}: ${file}`),
    )
    expect(missing).toEqual([])
  })
})

/** A test file without its comments, so that an id in it is one in a title. */
function testText(file: string): string {
  return readFileSync(join(PACKAGE_ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}
