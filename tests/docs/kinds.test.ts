import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { loadFaults } from '../../src/cli/fault-selection.ts'
import { loadKinds } from '../kinds/kinds-file.ts'
import { kindsPage } from '../kinds/kinds-page.ts'

const PAGE = join(PACKAGE_ROOT, 'docs/kinds.md')

it('are written down with the operations they were tried on (else: npm run kinds)', async () => {
  const text = kindsPage(loadKinds(), await loadFaults(PROTOCOLS))
  const written = await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' })
  await expect(written).toMatchFileSnapshot(PAGE)
})
