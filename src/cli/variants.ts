import { UsageError } from '#evidence/usage-error.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { Environment } from './environment.ts'
import { allRows, findRow } from './requirement-rows.ts'
import { loadVariants, variantOf, variantsNamed, type KnownVariant } from './variant-selection.ts'
import { wrapped } from './wrapped.ts'

/** The options of `touchstone variants`. */
export interface VariantsOptions {
  readonly action: 'list' | 'show'
  /** The variant to show; for the list an id, a requirement or an area, all of them where it is left out. */
  readonly id?: string | undefined
  readonly json: boolean
}

const MAXIMAL_COLUMNS = 100

/**
 * Prints the variants the mocks can be, or one of them with what leaves it open and how to try it. Returns exit
 * code 0. Throws a UsageError at an unknown or a missing id.
 */
export async function variantsCommand(
  options: VariantsOptions,
  { stdout, columns }: Environment,
): Promise<number> {
  const known = await loadVariants(PROTOCOLS)
  stdout.write(answer(options, known, Math.min(columns, MAXIMAL_COLUMNS)))
  return 0
}

function answer(
  { action, id, json }: VariantsOptions,
  known: readonly KnownVariant[],
  columns: number,
): string {
  switch (action) {
    case 'list': {
      const variants = variantsNamed(id === undefined ? [] : [id], known)
      return json ? document({ variants }) : listed(variants, columns)
    }
    case 'show': {
      if (id === undefined) throw new UsageError('variants show: expected the id of a variant, got none')
      const variant = variantOf(id, known)
      return json ? document({ ...variant, sentence: sentenceOf(variant) }) : card(variant, columns)
    }
    default:
      return action satisfies never
  }
}

function sentenceOf({ requirement }: KnownVariant): string {
  return findRow(allRows(), requirement).sentence
}

function listed(variants: readonly KnownVariant[], columns: number): string {
  const lines = variants.map(
    (variant) =>
      `${variant.id}\n${wrapped(variant.summary + where(variant), columns, { first: '    ', rest: '    ' })}`,
  )
  return `${lines.join('\n')}\n`
}

/** The dialect, where the server is right in one alone. */
function where({ dialects }: KnownVariant): string {
  const [only, ...others] = dialects
  return others.length === 0 ? ` (dialect ${only ?? ''})` : ''
}

function card(variant: KnownVariant, columns: number): string {
  const { protocol, id, requirement, dialects, summary, open, target } = variant
  const fact = (name: string, text: string): string =>
    wrapped(text, columns, { first: name.padEnd(10), rest: ' '.repeat(10) })
  const option = dialects.includes('documented') ? '' : ' --dialect deployed'
  return [
    id,
    '',
    fact('Server', summary),
    fact('Open', open),
    fact('Meets', `${requirement}: ${sentenceOf(variant)}`),
    fact('Dialects', dialects.join(', ')),
    ...(Object.keys(target).length === 0 ? [] : [fact('Target', JSON.stringify(target))]),
    '',
    'Have a server that does it, or see whether the suite accepts it:',
    `  touchstone mock ${protocol}${option} --variant ${id}`,
    `  touchstone prove ${protocol} --variant ${id}`,
    '',
  ].join('\n')
}

function document(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
