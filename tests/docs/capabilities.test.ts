import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import { enabling, hasCapability } from '#driver/capabilities/has-capability.ts'
import { table } from '#report/markdown-text.ts'
import { allRows, scenariosByRequirement } from '../../src/cli/requirement-rows.ts'
import { bareMStoreTarget } from '../mstore-targets.ts'
import { bareTarget } from '../relay-targets.ts'

const PAGE = join(PACKAGE_ROOT, 'docs/capabilities.md')

const BARE = { relay: bareTarget(), mstore: bareMStoreTarget() } as const satisfies Record<Protocol, unknown>

/** The capabilities of a protocol that a target file may lack, with how many scenarios need each, the most needed first. */
function needsOf(protocol: Protocol): string {
  const scenarios = scenariosByRequirement()
  const rows = allRows().filter((row) => row.protocol === protocol)
  const locations = (among: typeof rows): number =>
    new Set(among.flatMap(({ id }) => (scenarios.get(id) ?? []).map(({ location }) => location))).size
  const capabilities = [...new Set(rows.flatMap(({ needs }) => needs))]
    .filter((name) => !hasCapability(BARE[protocol], name))
    .map((name) => ({ name, count: locations(rows.filter(({ needs }) => needs.includes(name))) }))
    .toSorted((one, other) => other.count - one.count)
  return [
    `Of ${locations(rows)} scenarios, so many need`,
    table(
      ['capability', 'scenarios', 'in the target file'],
      capabilities.map(({ name, count }) => [name, String(count), enabling(name, protocol)]),
    ),
  ].join('\n\n')
}

/** The page as it should be. */
async function page(): Promise<string> {
  const [relay, mstore] = PROTOCOLS.map(needsOf)
  const text = `# Capabilities

What a scenario needs besides the protocol, and what of a target file supplies it; without it the scenario is skipped. Many need several.
\`npm run capabilities\` writes this page from the registers and the features.

## Relay

${relay ?? ''}

## mStore

${mstore ?? ''}
`
  return format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' })
}

it('are written down with what they unlock (else: npm run capabilities)', async () => {
  await expect(await page()).toMatchFileSnapshot(PAGE)
})
