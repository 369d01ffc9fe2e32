import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as mstore from '#driver/mstore/expectations.ts'
import * as mstoreReadings from '#driver/mstore/readings.ts'
import * as relay from '#driver/relay/expectations.ts'
import * as relayReadings from '#driver/relay/readings.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/** All files of that ending in a folder of the package and below, as one text. */
function texts(folder: string, ending: string): string {
  const files = readdirSync(join(PACKAGE_ROOT, folder), { encoding: 'utf8', recursive: true })
  const wanted = files.filter((file) => file.endsWith(ending))
  return wanted.map((file) => readFileSync(join(PACKAGE_ROOT, folder, file), 'utf8')).join('\n')
}

const clarifications = readFileSync(join(PACKAGE_ROOT, 'docs/clarifications.md'), 'utf8')

/** What the dialects of one protocol read otherwise. */
interface Differences {
  readonly protocol: string
  readonly expectations: readonly { readonly label: string; readonly erratum: string | null }[]
  readonly readings: Readonly<Record<string, { readonly erratum: string | null }>>
}

const differences: readonly Differences[] = [
  { protocol: 'relay', expectations: relay.EXPECTATIONS, readings: relayReadings.READINGS },
  { protocol: 'mstore', expectations: mstore.EXPECTATIONS, readings: mstoreReadings.READINGS },
]

describe.each(differences)(
  'what the dialects expect of the $protocol',
  ({ protocol, expectations, readings }) => {
    const features = texts(`features/${protocol}`, '.feature')
    const asking = texts(`steps/${protocol}`, '.ts') + texts(`src/driver/${protocol}`, 'readings.ts')

    it.each(expectations)('has "$label" from a feature or a step', ({ label }) => {
      const named = [`"${label}"`, `| ${label} `].some((text) => features.includes(text))
      expect(named || asking.includes(`'${label}'`)).toBe(true)
    })

    it.each(Object.keys(readings))('is asked of "%s"', (subject) => {
      expect(asking).toContain(`'${subject}'`)
    })

    it.each([...expectations, ...Object.values(readings)].filter(({ erratum }) => erratum !== null))(
      'rests on $erratum, which is among the clarifications',
      ({ erratum }) => {
        expect(clarifications).toContain(`### ${String(erratum)}:`)
      },
    )
  },
)
