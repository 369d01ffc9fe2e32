import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeReports } from '#report/write.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { REQUIREMENTS, RUN, sampleStream } from '../golden/sample-run.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

if (CHROMIUM === undefined) {
  process.stderr.write('report in a browser: skipped, for there is no chromium; apt-get install chromium\n')
}

describe.skipIf(CHROMIUM === undefined && process.env['CI'] === undefined)('the report in a browser', () => {
  let browser: Browser
  let place: Workplace
  const requested: string[] = []

  beforeAll(async () => {
    place = workplace()
    await writeReports(place.path, RUN, {
      envelopes: sampleStream(),
      register: { requirements: REQUIREMENTS },
    })
    browser = await chromium.launch({ executablePath: CHROMIUM ?? 'chromium', args: ARGS })
  })

  afterAll(async () => {
    await browser.close()
    place.remove()
  })

  async function open(colorScheme: 'light' | 'dark'): Promise<Page> {
    const page = await browser.newPage({ colorScheme, bypassCSP: true })
    page.on('request', (request) => requested.push(request.url()))
    page.on('pageerror', (error) => {
      throw error
    })
    await page.goto(pathToFileURL(place.file('report.html')).href)
    return page
  }

  it.each(['light', 'dark'] as const)('has nothing that axe objects to, in %s colours', async (scheme) => {
    const page = await open(scheme)
    await page.evaluate(axe)
    const { violations } = await page.evaluate<AxeResults>('axe.run()')
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  })

  it('asks for nothing but itself', async () => {
    await open('light')
    expect(new Set(requested)).toEqual(new Set([pathToFileURL(place.file('report.html')).href]))
  })

  it('leads every inner link somewhere', async () => {
    const page = await open('light')
    const broken = await page.evaluate<string[]>(
      `[...document.querySelectorAll('a[href^="#"]')].map((link) => decodeURIComponent(link.hash.slice(1))).filter((id) => document.getElementById(id) === null)`,
    )
    expect(broken).toEqual([])
  })

  it('does not run what a server sent', async () => {
    const page = await open('light')
    expect(await page.locator('script').count()).toBe(0)
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
  })
})
