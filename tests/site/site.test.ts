import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { loadFaults } from '../../src/cli/fault-selection.ts'
import { allRows } from '../../src/cli/requirement-rows.ts'
import { loadVariants } from '../../src/cli/variant-selection.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { deadLinks, loadedFromElsewhere, pagesOf } from './dead-links.ts'

const BUILD_MS = 300_000

let place: Workplace
let site: string
beforeAll(async () => {
  place = workplace()
  site = place.file('site')
  const eleventy = join(PACKAGE_ROOT, 'node_modules/@11ty/eleventy/cmd.cjs')
  const args = ['--config', 'docs/site/eleventy.config.js', '--quiet', '--output', site]
  await promisify(execFile)(process.execPath, [eleventy, ...args], { cwd: PACKAGE_ROOT })
}, BUILD_MS)
afterAll(() => {
  place.remove()
})

it('has a page for each requirement, fault and variant', async () => {
  const pages = new Set(pagesOf(site))
  const expected = [
    ...allRows().map(({ id }) => `requirements/${id}.html`),
    ...(await loadFaults(PROTOCOLS)).map(({ id }) => `faults/${id}.html`),
    ...(await loadVariants(PROTOCOLS)).map(({ id }) => `variants/${id}.html`),
  ]
  expect(expected.length).toBeGreaterThan(1000)
  expect(expected.filter((page) => !pages.has(page))).toEqual([])
})

it('links to nothing that is not there, and loads nothing from elsewhere', () => {
  expect(deadLinks(site)).toEqual([])
  expect(loadedFromElsewhere(site)).toEqual([])
})

it('shows a link to a page, a file or an anchor that is not there', () => {
  const page = join(site, 'docs/walks.html')
  const dead = [
    'nothing.html',
    '../schemas/nothing.json',
    '#nothing',
    'levels.html#nothing',
    '../../outside.html',
  ]
  const links = dead.map((target) => `<a href="${target}">x</a>`).join('')
  const loaded = '<img src="https://example.org/x.png">'
  const whole = readFileSync(page, 'utf8')
  writeFileSync(page, whole + links + loaded)
  const found = [deadLinks(site), loadedFromElsewhere(site)]
  writeFileSync(page, whole)
  expect(found).toEqual([
    dead.map((target) => `docs/walks.html: ${target}`),
    ['docs/walks.html: https://example.org/x.png'],
  ])
})
