import type { Baseline, BaselineEntry } from '#evidence/run-record.ts'
import { parseConfiguration, refuse, type Configuration } from './configuration-text.ts'
import { UNEDITED_REASON } from '#verdict/paste.ts'
import { didYouMean } from './nearest.ts'
import { schemaValidator } from '#protocol/schema-validator.ts'

/** The names that a baseline may use. */
export interface BaselineNames {
  readonly requirements: ReadonlySet<string>
  readonly scenarios: ReadonlySet<string>
}

/**
 * The baseline written in `text` (YAML of the form of `schemas/baseline.json`); `file` names it in
 * messages. Throws a UsageError with every mistake at its line: bad YAML or form, an id that is not in the
 * register, a scenario that no feature has, an entry with both or neither, an entry twice.
 */
export function parseBaseline(text: string, file: string, names: BaselineNames): Baseline {
  const conforms = schemaValidator<readonly BaselineEntry[]>('baseline')
  const configuration = parseConfiguration(text, file, conforms)
  refuse(configuration.value.flatMap((entry, index) => entryMistakes(configuration, { entry, index }, names)))
  refuse(duplicates(configuration))
  return { file, entries: configuration.value }
}

function entryMistakes(
  configuration: Configuration<readonly BaselineEntry[]>,
  { entry, index }: NumberedEntry,
  names: BaselineNames,
): readonly string[] {
  return [
    ...subjectMistakes(configuration, { entry, index }, names),
    ...expectationMistakes(configuration, { entry, index }),
  ]
}

interface NumberedEntry {
  readonly entry: BaselineEntry
  readonly index: number
}

function subjectMistakes(
  configuration: Configuration<readonly BaselineEntry[]>,
  { entry, index }: NumberedEntry,
  names: BaselineNames,
): readonly string[] {
  const { requirement, scenario } = entry
  if (requirement === undefined && scenario === undefined)
    return [configuration.at([index], `entry ${index + 1}: expected requirement, scenario or both`)]
  if (requirement !== undefined && !names.requirements.has(requirement)) {
    const hint = didYouMean(requirement, names.requirements)
    return [configuration.at([index, 'requirement'], `unknown requirement ${requirement}${hint}`)]
  }
  if (scenario !== undefined && !names.scenarios.has(scenario)) {
    const hint = didYouMean(scenario, names.scenarios)
    return [configuration.at([index, 'scenario'], `no scenario is named ${JSON.stringify(scenario)}${hint}`)]
  }
  return []
}

/** What a run prints, whatever the server said: it may be any text at all. */
const WHOLE_MISMATCH = /^expected .+, got \S/s

/** Words that say of nothing in particular that it was got. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(['a', 'an', 'the', 'no', 'of', 'with'])

function expectationMistakes(
  configuration: Configuration<readonly BaselineEntry[]>,
  { entry: { expect, reason }, index }: NumberedEntry,
): readonly string[] {
  const [, got = ''] = /\bgot\s(.*)$/s.exec(expect) ?? []
  const words = got.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const isVague = !WHOLE_MISMATCH.test(expect) && words.every((word) => EMPTY_WORDS.has(word))
  return [
    ...(isVague
      ? [
          configuration.at(
            [index, 'expect'],
            `expected what was got, as in "expected 401, got 200"; got ${JSON.stringify(expect)}, which any failure may fit`,
          ),
        ]
      : []),
    ...(reason.trim().toLowerCase() === UNEDITED_REASON
      ? [configuration.at([index, 'reason'], 'expected a reason of your own, got the one that was printed')]
      : []),
  ]
}

function duplicates(configuration: Configuration<readonly BaselineEntry[]>): readonly string[] {
  const seen = new Map<string, number>()
  return configuration.value.flatMap(({ requirement, scenario, dialect, expect }, index) => {
    const key = JSON.stringify([requirement, scenario, dialect, expect])
    const first = seen.get(key)
    if (first !== undefined) return [configuration.at([index], `the same as entry ${first + 1}; remove one`)]
    seen.set(key, index)
    return []
  })
}
