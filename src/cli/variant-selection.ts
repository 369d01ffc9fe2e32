import { DIALECTS, type Dialect, type Protocol } from '#protocol/requirements.ts'
import { composites } from '#mocks/engine/composite.ts'
import { patch } from '#mocks/engine/patch.ts'
import type { Variant } from '#mocks/engine/variants.ts'
import { MOCK_VARIANTS } from '#run/mock-lists.ts'
import { entriesNamed, entryOf } from './named-entries.ts'

/** A variant that the mock of a protocol can be, without its patch. */
export interface KnownVariant extends Omit<Variant<never>, 'patch'> {
  readonly protocol: Protocol
}

/** The variants that a mock can be all at once in a dialect. */
export interface VariantComposite {
  readonly protocol: Protocol
  readonly dialect: Dialect
  /** Its place among the composites of the dialect, from 1 on. */
  readonly place: number
  readonly variants: readonly KnownVariant[]
}

/** The variants of these protocols, area by area; what the others' mocks are made of is not loaded. */
export async function loadVariants(protocols: readonly Protocol[]): Promise<readonly KnownVariant[]> {
  const lists = await Promise.all(
    protocols.map(async (protocol) =>
      (await MOCK_VARIANTS[protocol]()).map((variant) => known(protocol, variant)),
    ),
  )
  return lists.flat()
}

/**
 * The composites of these protocols, one for each dialect; or, of `every` variant that does not stand alone, as many as
 * it takes.
 */
export async function loadComposites(
  protocols: readonly Protocol[],
  every = false,
): Promise<readonly VariantComposite[]> {
  const lists = await Promise.all(
    protocols.map(async (protocol) => {
      const variants = await MOCK_VARIANTS[protocol]()
      return DIALECTS.flatMap((dialect) =>
        composites(variants, dialect)
          .slice(0, every ? undefined : 1)
          .map((part, index) => ({
            protocol,
            dialect,
            place: index + 1,
            variants: part.map((variant) => known(protocol, variant)),
          })),
      )
    }),
  )
  return lists.flat()
}

/** What makes a mock all of these variants at once: their ids, and what the target file of such a server says. */
export function mockOf(variants: readonly KnownVariant[]): {
  readonly variants: readonly string[]
  readonly target: Readonly<Record<string, unknown>>
} {
  const target = patch<Readonly<Record<string, unknown>>>({}, ...variants.map((variant) => variant.target))
  return { variants: variants.map(({ id }) => id), target }
}

/** What a trial of a composite is called. */
export function nameOf({ protocol, place, variants }: VariantComposite): string {
  const which = place === 1 ? '' : `, composite ${place}`
  return `${variants.length} variants of ${protocol} at once${which}`
}

/** The variants that the terms name, as `entriesNamed` reads them. */
export function variantsNamed(
  terms: readonly string[],
  variants: readonly KnownVariant[],
): readonly KnownVariant[] {
  return entriesNamed('variant', terms, variants)
}

/** The variant of that id. Throws a UsageError where there is none, with the nearest id. */
export function variantOf(id: string, variants: readonly KnownVariant[]): KnownVariant {
  return entryOf('variant', id, variants)
}

/** Functions cannot be handed to a thread, and a patch is made of them. */
function known(protocol: Protocol, variant: Variant<never>): KnownVariant {
  const { id, requirement, summary, open, dialects, areas, scenarios, target, alone } = variant
  return { protocol, id, requirement, summary, open, dialects, areas, scenarios, target, alone }
}
