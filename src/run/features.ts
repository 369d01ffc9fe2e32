import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { generateMessages, makeSourceEnvelope } from '@cucumber/gherkin'
import { IdGenerator } from '@cucumber/messages'
import { builtData, type BuiltData } from '#protocol/built-data.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'

/** One scenario as it can be run: of an outline, one row of its examples. */
export interface PlannedScenario {
  /** The protocol it belongs to, by its folder or its first tag; null where neither names one. */
  readonly protocol: Protocol | null
  /** The feature file, relative to the package, with `/` on every system. */
  readonly uri: string
  /** The line of the scenario, or of the row of examples. */
  readonly line: number
  /** `uri:line`, which is unique. */
  readonly location: string
  readonly name: string
  /** Tags of the feature, the rule, the scenario and its examples, without `@`. */
  readonly tags: readonly string[]
  readonly feature: string
  readonly rule: string | null
  /** The texts of its steps. */
  readonly steps?: readonly string[]
}

/**
 * Every scenario of a protocol's features, ordered by file name and line. Throws where a feature file is no Gherkin:
 * the package itself is broken then.
 */
export function loadFeatures(protocol: Protocol): readonly PlannedScenario[] {
  return builtData(featureData(protocol))
}

/** The scenarios of a protocol's features. */
export function featureData(protocol: Protocol): BuiltData<readonly PlannedScenario[]> {
  const paths = readdirSync(join(PACKAGE_ROOT, 'features', protocol))
    .filter((file) => file.endsWith('.feature'))
    .sort()
    .map((file) => `features/${protocol}/${file}`)
  return {
    name: `features-${protocol}`,
    paths,
    make: (texts) => paths.flatMap((uri, index) => parseFeature(texts[index] ?? '', uri)),
  }
}

/** The protocols that have features, and so can be verified. */
export function featuredProtocols(root: string = PACKAGE_ROOT): readonly Protocol[] {
  return PROTOCOLS.filter((protocol) => existsSync(join(root, 'features', protocol)))
}

/** The scenarios of one feature file, in the order of the file. Throws with `uri` and line on bad Gherkin. */
export function parseFeature(text: string, uri: string): readonly PlannedScenario[] {
  const { source } = makeSourceEnvelope(text, uri)
  if (source === undefined) throw new Error(`${uri}: expected a name that ends with .feature`)
  const envelopes = generateMessages(text, uri, source.mediaType, {
    includeGherkinDocument: true,
    includePickles: true,
    newId: IdGenerator.incrementing(),
  })
  refuseParseErrors(envelopes)
  const places = new Map(envelopes.flatMap(({ gherkinDocument }) => [...placesOf(gherkinDocument)]))
  return envelopes.flatMap(({ pickle }) => (pickle === undefined ? [] : [planned(pickle, places)]))
}

// The parser brings its own types of the messages it makes.
type Envelope = ReturnType<typeof generateMessages>[number]
type GherkinDocument = NonNullable<Envelope['gherkinDocument']>
type ParsedPickle = NonNullable<Envelope['pickle']>
type Feature = NonNullable<GherkinDocument['feature']>
type Scenario = NonNullable<Feature['children'][number]['scenario']>

interface Place {
  readonly line: number
  readonly feature: string
  readonly rule: string | null
}

function refuseParseErrors(envelopes: readonly Envelope[]): void {
  for (const { parseError } of envelopes)
    if (parseError !== undefined)
      throw new Error(`${parseError.source.uri ?? 'a feature'} is no Gherkin: ${parseError.message}`)
}

function planned(pickle: ParsedPickle, places: ReadonlyMap<string, Place>): PlannedScenario {
  const place = places.get(pickle.astNodeIds.at(-1) ?? '')
  if (place === undefined)
    throw new Error(`${pickle.uri}: scenario "${pickle.name}" has no place in its file`)
  return {
    protocol: protocolOf(pickle),
    uri: pickle.uri,
    location: `${pickle.uri}:${place.line}`,
    name: pickle.name,
    tags: pickle.tags.map(({ name }) => name.slice(1)),
    steps: pickle.steps.map(({ text }) => text),
    ...place,
  }
}

/** That of its folder among ours; elsewhere that of the requirement which its first tag names. */
function protocolOf({ uri, tags: [first] }: ParsedPickle): Protocol | null {
  return (
    PROTOCOLS.find(
      (protocol) =>
        uri.startsWith(`features/${protocol}/`) || first?.name.startsWith(`@${protocol.toUpperCase()}-`),
    ) ?? null
  )
}

function* placesOf(document: GherkinDocument | undefined): Iterable<[string, Place]> {
  const feature = document?.feature
  if (feature === undefined) return
  for (const child of feature.children) {
    if (child.scenario !== undefined) yield* scenarioPlaces(child.scenario, feature, null)
    for (const { scenario } of child.rule?.children ?? [])
      if (scenario !== undefined) yield* scenarioPlaces(scenario, feature, child.rule?.name ?? null)
  }
}

function* scenarioPlaces(
  scenario: Scenario,
  { name: feature }: Feature,
  rule: string | null,
): Iterable<[string, Place]> {
  yield [scenario.id, { line: scenario.location.line, feature, rule }]
  for (const { tableBody } of scenario.examples)
    for (const row of tableBody) yield [row.id, { line: row.location.line, feature, rule }]
}
