import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { picklesIn, picklesOf } from '../pickles.ts'

/** A phrase as its step file defines it. */
export interface DefinedPhrase {
  readonly phrase: string
  /** Below `steps/`, without its ending: `shared/answers`. */
  readonly file: string
}

/** A parameter type as a step file defines it. */
export interface DefinedParameter {
  readonly name: string
  readonly regexp: RegExp | string
}

/** A phrase, how many scenarios of each protocol use it, and why it may serve one alone: null where none says. */
export interface UsedPhrase extends DefinedPhrase {
  readonly scenarios: Readonly<Record<Protocol, number>>
  readonly reason: string | null
}

/** What cucumber calls expressions, of the very version that it uses. */
interface Expressions {
  readonly CucumberExpression: new (text: string, registry: unknown) => { match(text: string): unknown }
  readonly ParameterType: new (
    name: string,
    regexp: RegExp | string,
    ...rest: readonly [null, (text: string) => string, boolean, boolean]
  ) => unknown
  readonly ParameterTypeRegistry: new () => { defineParameterType(type: unknown): void }
}

const ofCucumber = createRequire(createRequire(import.meta.url).resolve('@cucumber/cucumber'))
const { CucumberExpression, ParameterType, ParameterTypeRegistry } = ofCucumber(
  '@cucumber/cucumber-expressions',
) as Expressions

/** Counts for each phrase the scenarios that use it. Throws where a step has no phrase, or more than one. */
export function usedPhrases(
  phrases: readonly DefinedPhrase[],
  parameters: readonly DefinedParameter[],
): readonly UsedPhrase[] {
  const registry = new ParameterTypeRegistry()
  for (const { name, regexp } of parameters)
    registry.defineParameterType(new ParameterType(name, regexp, null, (text) => text, false, false))
  const matchers = phrases.map(({ phrase }) => ({
    phrase,
    expression: new CucumberExpression(phrase, registry),
  }))
  const phraseOf = remembering((text: string) => {
    const found = matchers.filter(({ expression }) => expression.match(text) !== null)
    const [only] = found
    if (only === undefined || found.length > 1)
      throw new Error(
        `"${text}": expected one phrase, got ${found.map(({ phrase }) => phrase).join(', ') || 'none'}`,
      )
    return only.phrase
  })
  const used = new Map(
    PROTOCOLS.map((protocol) => [
      protocol,
      scenariosOf(protocol).map((steps) => new Set(steps.map(phraseOf))),
    ]),
  )
  const count = (protocol: Protocol, phrase: string) =>
    (used.get(protocol) ?? []).filter((scenario) => scenario.has(phrase)).length
  return phrases.map((defined) => ({
    ...defined,
    scenarios: { relay: count('relay', defined.phrase), mstore: count('mstore', defined.phrase) },
    reason: reasonOf(defined),
  }))
}

/** The phrase book as a page: what both protocols use first, then each protocol, by the file of the definition. */
export function phraseBook(phrases: readonly UsedPhrase[]): string {
  const parts = ['shared', ...PROTOCOLS].map((part) => {
    const files = [...new Set(phrases.map(({ file }) => file))]
      .filter((file) => file.startsWith(`${part}/`))
      .toSorted()
    return [`## ${TITLES[part] ?? part}`, ...files.map((file) => section(file, phrases))].join('\n\n')
  })
  return `${HEAD}\n\n${parts.join('\n\n')}\n`
}

const HEAD = `# Phrase book

The phrases of the features, in the notation of [cucumber expressions](https://github.com/cucumber/cucumber-expressions),
with the number of scenarios that use each. \`npm run phrases\` writes this page from the step definitions.`

const TITLES: Readonly<Record<string, string>> = {
  shared: 'Both protocols',
  relay: 'Relay',
  mstore: 'mStore',
}

function section(file: string, phrases: readonly UsedPhrase[]): string {
  const own = phrases
    .filter((phrase) => phrase.file === file)
    .toSorted((one, other) => (one.phrase < other.phrase ? -1 : 1))
  const title = (file.split('/')[1] ?? '').replaceAll('-', ' ')
  const lines = own.map(({ phrase, scenarios }) => `- \`${phrase}\`: ${uses(scenarios)}`)
  return `### ${title[0]?.toUpperCase() ?? ''}${title.slice(1)}\n\n${lines.join('\n')}`
}

function uses({ relay, mstore }: UsedPhrase['scenarios']): string {
  return [relay > 0 ? `${relay} relay` : '', mstore > 0 ? `${mstore} mStore` : ''].filter(Boolean).join(', ')
}

/** The texts of the steps of each scenario, and of walks as they are saved. */
function scenariosOf(protocol: Protocol): readonly (readonly string[])[] {
  return [...picklesOf(protocol), ...picklesIn(`tests/explore/${protocol}-walks.feature`)].map(({ steps }) =>
    steps.map(({ text }) => text),
  )
}

/** The reason right above a definition, `// One scenario: …`. */
function reasonOf({ file, phrase }: DefinedPhrase): string | null {
  const source = readFileSync(join(PACKAGE_ROOT, 'steps', `${file}.ts`), 'utf8')
  const reasons = source.matchAll(/\/\/ One scenario: (.*)\n(?:Given|When|Then)\(\s*(['"])(.*?)\2,/g)
  return (
    [...reasons].find(
      ([, , , text = '']) => text.replaceAll('\\\\', '\\').replaceAll("\\'", "'") === phrase,
    )?.[1] ?? null
  )
}

function remembering<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    const value = made.has(key) ? (made.get(key) as Value) : make(key)
    made.set(key, value)
    return value
  }
}
