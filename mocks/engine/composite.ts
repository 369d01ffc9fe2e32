import type { Dialect } from '#protocol/requirements.ts'
import type { Variant, VariantTrying } from './variants.ts'

/** Variants that one server can be at the same time: no two change the same rule or say the same of the target. */
type Composite<Rules> = readonly Variant<Rules>[]

/**
 * The variants of a dialect, each that does not stand alone in one of several composites: the first that it goes with.
 * The first composite is without those that cost time.
 */
export function composites<Rules>(
  variants: readonly Variant<Rules>[],
  dialect: Dialect,
): readonly Composite<Rules>[] {
  const able = variants.filter(({ alone, dialects }) => !alone && dialects.includes(dialect))
  const slow = able.filter((variant) => !isQuick(variant))
  const made = able.filter(isQuick).reduce<readonly Composite<Rules>[]>(placed, [[]])
  const [first = [], ...others] = made
  return [first, ...slow.reduce<readonly Composite<Rules>[]>(placed, others)]
}

/** The composites with one variant more, in the first that it goes with or in a new one. */
function placed<Rules>(
  parts: readonly Composite<Rules>[],
  variant: Variant<Rules>,
): readonly Composite<Rules>[] {
  const own = placesOf(variant)
  const index = parts.findIndex((part) => {
    const taken = new Set(part.flatMap(placesOf))
    return !own.some((place) => taken.has(place))
  })
  return index === -1
    ? [...parts, [variant]]
    : parts.map((part, place) => (place === index ? [...part, variant] : part))
}

function isQuick({ scenarios }: VariantTrying): boolean {
  return scenarios === null
}

/** The paths of the values that a variant replaces. */
function placesOf({
  patch,
  target,
}: {
  readonly patch: unknown
  readonly target: unknown
}): readonly string[] {
  return [...leaves(patch, 'rules'), ...leaves(target, 'target')]
}

/** The paths of the values of a patch that replace others. */
function leaves(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(value).flatMap(([name, entry]) => leaves(entry, `${path}.${name}`))
}
