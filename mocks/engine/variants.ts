import type { Dialect } from '#protocol/requirements.ts'
import type { Patch } from './patch.ts'
import type { Json } from './reply.ts'

/**
 * A server that does all its specification asks, and otherwise than the mock what the specification leaves open. The
 * suite must accept it: what turns red over a variant is wrong itself.
 */
export interface Variant<Rules> extends VariantTrying {
  /** `REQUIREMENT/what-differs`, of the requirement that a careless check would find violated. */
  readonly id: string
  readonly requirement: string
  /** What the server does, in a few words. */
  readonly summary: string
  /** The words of the specification, or its silence, that leave it open. */
  readonly open: string
  readonly patch: Patch<Rules>
}

/** How a variant is tried. */
export interface VariantTrying {
  /** The dialects in which the server is right. */
  readonly dialects: readonly Dialect[]
  /** Areas whose scenarios it is tried with besides those of its requirement: `RELAY-PUSH`. */
  readonly areas: readonly string[]
  /** Requirements whose scenarios alone it is tried with, for a variant that costs time; null for whole areas. */
  readonly scenarios: readonly string[] | null
  /** What the target file of such a server says of it, as it is written there. */
  readonly target: Readonly<Record<string, Json>>
  /** Whether it is kept out of the composite of all variants, since it gets in the way of others. */
  readonly alone: boolean
}

const TRYING: VariantTrying = {
  dialects: ['documented', 'deployed'],
  areas: [],
  scenarios: null,
  target: {},
  alone: false,
}

/** A variant as it is written: what is left out of how it is tried is the usual. */
export type WrittenVariant<Rules> = Omit<Variant<Rules>, 'requirement' | keyof VariantTrying> &
  Partial<VariantTrying>

/** The writer of the variants of a mock with these rules. */
export function variantWriter<Rules>(): (written: WrittenVariant<Rules>) => Variant<Rules> {
  return (written) => {
    const [requirement = ''] = written.id.split('/')
    return { ...TRYING, requirement, ...written }
  }
}
