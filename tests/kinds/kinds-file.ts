import { parse } from 'yaml'
import type { BlindSpotKind } from '#protocol/kinds.ts'
import { packagedText } from '#protocol/package-root.ts'
import { schemaValidator } from '#protocol/schema-validator.ts'

/** Scenarios that look for a kind, and on which operations. */
export interface Looking {
  readonly id: string
  /** Words that the names of the scenarios contain; undefined: all of the requirement do. */
  readonly only?: readonly string[]
  /** The operations that they try; undefined: those of their When. */
  readonly on?: readonly string[]
}

/** A kind of blind spot as requirements/kinds.yaml has it. */
export interface BlindSpot {
  readonly kind: BlindSpotKind
  readonly sentence: string
  readonly scenarios: readonly Looking[]
  /** The situations of the models in which walks look for it. */
  readonly walks: readonly string[] | 'everywhere'
  readonly open: readonly { readonly of: readonly string[]; readonly why: string }[]
}

interface WrittenKind
  extends Omit<BlindSpot, 'scenarios' | 'walks' | 'open'>, Partial<Pick<BlindSpot, 'walks' | 'open'>> {
  readonly scenarios: readonly (string | Looking)[]
}

/** The kinds in the order of the file. Throws where it is not of the form of schemas/kinds.json. */
export function loadKinds(): readonly BlindSpot[] {
  const content: unknown = parse(packagedText('requirements/kinds.yaml'))
  const validate = schemaValidator<readonly WrittenKind[]>('kinds')
  if (!validate(content)) throw new Error(JSON.stringify(validate.errors, null, 2))
  return content.map(({ scenarios, walks = [], open = [], ...kind }) => ({
    ...kind,
    scenarios: scenarios.map((each) => (typeof each === 'string' ? { id: each } : each)),
    walks,
    open,
  }))
}
