import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'

/** What a change concerns. */
export interface ChangedAreas {
  /** Areas of requirements such as `RELAY-MESSAGE`, by protocol; a protocol without any is left out. */
  readonly areas: ReadonlyMap<Protocol, readonly string[]>
  /** Changed code and features that belong to no feature by their name. */
  readonly unmapped: readonly string[]
}

/** The text of a file of the repository; null where there is none. */
export type ReadText = (path: string) => string | null

const CODE = /^(src|mocks|steps|features|schemas)\//
const TEST = /\.test\.tsx?$/

/**
 * The areas whose feature has the name of a changed file: a concept has the same name in every layer, so
 * `mocks/relay/messages.ts` and `steps/relay/messages.ts` belong to `features/relay/messages.feature`.
 */
export function areasOfChange(changed: readonly string[], read: ReadText): ChangedAreas {
  const found = changed
    .filter((path) => CODE.test(path) && !TEST.test(path))
    .map((path) => ({ path, areas: areasOf(path, read) }))
  const areas = PROTOCOLS.map((protocol): [Protocol, readonly string[]] => [
    protocol,
    [...new Set(found.flatMap((one) => one.areas))].filter((area) => isOf(protocol, area)).sort(),
  ])
  return {
    areas: new Map(areas.filter(([, list]) => list.length > 0)),
    unmapped: found.filter((one) => one.areas.length === 0).map(({ path }) => path),
  }
}

function areasOf(path: string, read: ReadText): readonly string[] {
  const protocol = PROTOCOLS.find((each) => path.includes(`/${each}/`))
  const concept = /([^/.]+)(\.[^/]*)?$/.exec(path)?.[1]
  if (protocol === undefined || concept === undefined) return []
  const feature = read(`features/${protocol}/${concept}.feature`) ?? ''
  const tags = [...feature.matchAll(/@([A-Z]+-[A-Z]+)-\d+/g)].map(([, area = '']) => area)
  return tags.filter((area) => isOf(protocol, area))
}

function isOf(protocol: Protocol, area: string): boolean {
  return area.startsWith(`${protocol.toUpperCase()}-`)
}
