import type { TargetPart } from '#driver/merge-target.ts'
import { loadRegister } from '#protocol/register.ts'
import type { Dialect } from '#protocol/requirements.ts'
import { allowPart, type AllowWord } from './allow-words.ts'
import { parseConfiguration, refuse, type Configuration } from '../configuration-text.ts'
import { didYouMean } from '../nearest.ts'
import { schemaValidator } from '#protocol/schema-validator.ts'
import { connectionMistakes, connectionPart, type WrittenConnection } from './connection-part.ts'
import type { WrittenOwn } from './format.ts'
import { formatOf } from './formats.ts'
import { unsetSecrets, urlMistakes, type TargetFilePlace } from './written-source.ts'

/** A target file as it is written, after its schema has accepted it. */
type WrittenTarget = WrittenOwn &
  WrittenConnection & {
    readonly url?: string
    readonly dialect?: Dialect
    readonly allow?: readonly AllowWord[]
    readonly unimplemented?: readonly string[]
    readonly timeouts?: Readonly<Record<string, number>>
    readonly limits?: { readonly requestsPerSecond?: number }
    readonly redactNumbers?: boolean
  }

/**
 * What the target file `text` (YAML of the form of `schemas/target.json`) says of its target, with secrets looked
 * up; of certificates and keys it gives the absolute paths. Throws a UsageError with every mistake at its line: bad YAML, an unknown
 * key, a wrong value, a bad URL, an environment variable not set.
 */
export function parseTargetFile(text: string, place: TargetFilePlace): TargetPart {
  const configuration = parseConfiguration(text, place.shown, schemaValidator<WrittenTarget>('target'))
  const { value } = configuration
  const format = formatOf(value.protocol)
  refuse([
    ...urlMistakes(configuration),
    ...unsetSecrets(configuration, place),
    ...connectionMistakes(configuration, place),
    ...unknownAreas(configuration),
    ...format.mistakesOf(configuration, place),
  ])
  const { url, dialect, allow, timeouts, limits = {}, redactNumbers } = value
  const own = format.read(value, place)
  return {
    ...own,
    ...placesOf(configuration),
    url,
    dialect,
    ...allowPart(allow),
    unimplemented: value.unimplemented?.map((area) => area.toLowerCase()),
    timeouts: { ...timeouts, ...own.timeouts },
    requestsPerSecond: limits.requestsPerSecond,
    ...connectionPart(value, place),
    redactNumbers,
  }
}

/** What only a run can find to be wrong. */
const TRIED = ['pin', 'verificationCode'] as const

/** Where the file says what a run tries before its scenarios. */
function placesOf({ value, at }: Configuration<WrittenTarget>): Pick<TargetPart, 'places'> {
  const given: object = value.capabilities ?? {}
  const places = TRIED.filter((name) => name in given).map((name) => {
    const path = ['capabilities', name]
    return [name, at(path, path.join('.'))] as const
  })
  return places.length === 0 ? {} : { places: Object.fromEntries(places) }
}

/** A line for each area that is said to be unimplemented and that the register does not have. */
function unknownAreas({ value, at }: Configuration<WrittenTarget>): readonly string[] {
  const { protocol, unimplemented = [] } = value
  if (unimplemented.length === 0) return []
  const ids = [...loadRegister(protocol).requirements.keys()]
  const areas = [...new Set(ids.map((id) => id.split('-')[1]?.toLowerCase() ?? ''))]
  return unimplemented.flatMap((area, index) =>
    areas.includes(area.toLowerCase())
      ? []
      : [
          at(
            ['unimplemented', index],
            `unimplemented: expected areas from ${areas.join(', ')}, got ${JSON.stringify(area)}${didYouMean(area, areas)}`,
          ),
        ],
  )
}
