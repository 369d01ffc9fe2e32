import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EXPECTATIONS } from '#driver/relay/expectations.ts'
import { READINGS } from '#driver/relay/readings.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/** All files of that ending in a folder of the package, as one text. */
function texts(folder: string, ending: string): string {
  const files = readdirSync(join(PACKAGE_ROOT, folder)).filter((file) => file.endsWith(ending))
  return files.map((file) => readFileSync(join(PACKAGE_ROOT, folder, file), 'utf8')).join('\n')
}

const features = texts('features/relay', '.feature')
const steps = texts('steps/relay', '.ts')
const clarifications = readFileSync(join(PACKAGE_ROOT, 'docs/clarifications.md'), 'utf8')

it.each(EXPECTATIONS)('a feature or a step speaks of "$label"', ({ label }) => {
  const named = [`"${label}"`, `| ${label} `].some((text) => features.includes(text))
  expect(named || steps.includes(`'${label}'`)).toBe(true)
})

it.each(Object.keys(READINGS))('a step asks how "%s" is read', (subject) => {
  expect(steps).toContain(`'${subject}'`)
})

it.each([...EXPECTATIONS, ...Object.values(READINGS)].filter(({ erratum }) => erratum !== null))(
  '$erratum is among the clarifications',
  ({ erratum }) => {
    expect(clarifications).toContain(`### ${String(erratum)}:`)
  },
)
