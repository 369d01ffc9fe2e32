import type { Dialect } from '#protocol/requirements.ts'
import type { Variant } from './variants.ts'

/**
 * The variants that one server can be at the same time, in their order: of two that change the same rule or say the
 * same of the target, the first. Those that stand alone or cost time are left out.
 */
export function composite<Rules>(
  variants: readonly Variant<Rules>[],
  dialect: Dialect,
): readonly Variant<Rules>[] {
  const taken = new Set<string>()
  return variants.filter((variant) => {
    if (variant.alone || variant.scenarios !== null || !variant.dialects.includes(dialect)) return false
    const places = [...leaves(variant.patch, 'rules'), ...leaves(variant.target, 'target')]
    if (places.some((place) => taken.has(place))) return false
    places.forEach((place) => taken.add(place))
    return true
  })
}

/** The paths of the values of a patch that replace others. */
function leaves(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(value).flatMap(([name, entry]) => leaves(entry, `${path}.${name}`))
}
