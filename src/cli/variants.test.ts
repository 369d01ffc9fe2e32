import { describe, expect, test } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { loadFaults } from './fault-selection.ts'
import { allRows } from './requirement-rows.ts'
import { loadComposites, loadVariants } from './variant-selection.ts'
import type { CatalogueOptions } from './catalogue.ts'
import { variantsCommand } from './variants.ts'
import { printedBy } from '../../tests/printed.ts'

const ID = 'RELAY-DIRECTORY-13/null-for-no-sms'

function printed(options: Partial<CatalogueOptions>): Promise<string> {
  return printedBy((output) => variantsCommand({ action: 'list', json: false, ...options }, output))
}

describe('touchstone variants', () => {
  test('lists every variant within the terminal', async () => {
    const lines = (await printed({})).split('\n')
    const known = await loadVariants(PROTOCOLS)
    expect(lines.filter((line) => /^\S+\/\S+$/.test(line))).toEqual(known.map(({ id }) => id))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('shows what leaves a variant open and how to try it', async () => {
    const text = await printed({ action: 'show', id: ID })
    expect(text).toMatch(/^Open {6}\S/m)
    expect(text).toContain(`  touchstone mock relay --variant ${ID}\n`)
    expect(text).toContain(`  touchstone prove relay --variant ${ID}\n`)
  })

  test('an unknown id is a usage error that suggests another', async () => {
    await expect(printed({ action: 'show', id: `${ID}s` })).rejects.toThrow(
      `variant ${ID}s: there is no such variant (touchstone variants lists them); did you mean ${ID}?`,
    )
    await expect(printed({ action: 'show' })).rejects.toThrow(UsageError)
  })
})

describe('the variants that ship', () => {
  test('have ids of their own, of requirements that are known', async () => {
    const variants = await loadVariants(PROTOCOLS)
    const ids = variants.map(({ id }) => id)
    const faults = new Map((await loadFaults(PROTOCOLS)).map(({ id, dialect }) => [id, dialect]))
    const requirements = new Set(allRows().map(({ id }): string => id))
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const wrong = variants.filter(({ id, dialects }) => dialects.some((one) => faults.get(id) === one))
    expect(wrong.map(({ id }) => id)).toEqual([])
    expect(variants.filter(({ requirement }) => !requirements.has(requirement))).toEqual([])
  })

  test('have a composite for each protocol and dialect', async () => {
    const composites = await loadComposites(PROTOCOLS)
    expect(composites.map(({ protocol, dialect }) => `${protocol} ${dialect}`)).toEqual([
      'relay documented',
      'relay deployed',
      'mstore documented',
      'mstore deployed',
    ])
    expect(composites.every(({ variants }) => variants.length > 0)).toBe(true)
  })
})
