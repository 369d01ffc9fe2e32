import { PROTOCOLS } from '#protocol/requirements.ts'
import { catalogueCommand, factOf, sentenceOf, type Catalogue, type CatalogueOptions } from './catalogue.ts'
import type { Environment } from './environment.ts'
import { loadVariants, type KnownVariant } from './variant-selection.ts'
import { wrapped } from '#report/wrapped.ts'

const VARIANTS: Catalogue<KnownVariant> = {
  noun: 'variant',
  load: () => loadVariants(PROTOCOLS),
  listed,
  card,
}

/**
 * Prints the variants the mocks can be, or one of them with what leaves it open and how to try it. Returns exit
 * code 0. Throws a UsageError at an unknown or a missing id.
 */
export function variantsCommand(
  options: CatalogueOptions,
  environment: Pick<Environment, 'stdout' | 'columns'>,
): Promise<number> {
  return catalogueCommand(VARIANTS, options, environment)
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
  const fact = (name: string, text: string): string => factOf(name, text, columns)
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
