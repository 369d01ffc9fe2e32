import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
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

  async function open(
    colorScheme: 'light' | 'dark',
    { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {},
  ): Promise<Page> {
    const page = await browser.newPage({ colorScheme, ...options })
    page.on('request', (request) => requested.push(request.url()))
    page.on('pageerror', (error) => {
      throw error
    })
    await page.goto(pathToFileURL(place.file('report.html')).href + hash)
    return page
  }

  it.each(['light', 'dark'] as const)('has nothing that axe objects to, in %s colours', async (scheme) => {
    const page = await open(scheme, { bypassCSP: true })
    await page.getByRole('button', { name: 'Open all' }).click()
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
    const page = await open('light', { hash: '#relay-messages-8' })
    await page.getByText('device that is not there').first().waitFor()
    expect(await page.locator('script:not([type])').count()).toBe(1)
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
  })

  it('unpacks the steps of a scenario when it is opened', async () => {
    const page = await open('light')
    const scenario = page.locator('#relay-messages-3')
    expect(await scenario.locator('ol.steps').count()).toBe(0)
    await scenario.locator('> summary').click()
    await scenario.getByText('holds, for RELAY-MESSAGE-01').waitFor()
  })

  it('opens what an address points to, and all around it', async () => {
    const page = await open('light', { hash: '#relay-messages-14' })
    await page.locator('#relay-messages-14').getByText('does not hold').waitFor()
    await page.goto(`${page.url().split('#')[0] ?? ''}#RELAY-MESSAGE-02`)
    await page.locator('#RELAY-MESSAGE-02').waitFor({ state: 'visible' })
  })

  it('searches by keyboard alone, and keeps the search in its address', async () => {
    const page = await open('light')
    await page.keyboard.press('/')
    await page.keyboard.type('not registered returns 409')
    await page.getByText(/^1 of \d+ requirements$/).waitFor()
    expect(page.url()).toMatch(/#\?q=not\+registered\+returns\+409$/)
    const again = await open('light', { hash: new URL(page.url()).hash })
    await again.getByText(/^1 of \d+ requirements$/).waitFor()
    expect(await again.locator('tr[data-verdict]:visible').count()).toBe(1)
    await again.getByRole('button', { name: 'Clear' }).click()
    await again.getByText(/^(\d+) of \1 requirements$/).waitFor()
  })

  it('filters by verdict, and shows a requirement that a link points to in spite of it', async () => {
    const page = await open('light', { hash: '#?verdict=violated' })
    expect(await page.locator('tr[data-verdict]:visible').count()).toBe(1)
    await page.locator('.map a[href="#RELAY-MESSAGE-01"]').click()
    await page.locator('#RELAY-MESSAGE-01').waitFor({ state: 'visible' })
  })

  it('copies a command', async () => {
    const page = await open('light', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.locator('.failure').first().getByRole('button', { name: 'Copy' }).last().click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^touchstone replay \. --exchange /)
  })

  it('leads by keyboard alone from the head to a failure, its exchange and the command that repeats it', async () => {
    const page = await open('light', { permissions: ['clipboard-read', 'clipboard-write'] })
    const focused = (): Promise<string> =>
      page.evaluate<string>('document.activeElement.textContent + " " + document.activeElement.tagName')
    const tabTo = async (wanted: RegExp): Promise<void> => {
      for (let presses = 0; presses < 200; presses += 1) {
        await page.keyboard.press('Tab')
        if (wanted.test(await focused())) return
      }
      throw new Error(`no focus on ${wanted.source}`)
    }
    await tabTo(/^A message for a device that is not registered returns 409\. A$/)
    await page.keyboard.press('Enter')
    expect(page.url()).toMatch(/#failure-1$/)
    await tabTo(/^What was sent and what came.* SUMMARY$/)
    await page.keyboard.press('Enter')
    await page.locator('#failure-1 .exchange').waitFor({ state: 'hidden' })
    await page.keyboard.press('Enter')
    await page.locator('#failure-1 .exchange').waitFor({ state: 'visible' })
    await tabTo(/^Copy BUTTON$/)
    await page.keyboard.press('Enter')
    await page.locator('#failure-1').getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^PUT \/v1\/messages\//)
  })

  it('opens and shows a failure that is folded when a link leads to it', async () => {
    const page = await open('light', { hash: '#failure-1' })
    await page.locator('#failure-1 mark').first().waitFor({ state: 'visible' })
  })

  it('prints what failed without buttons and whole', async () => {
    const page = await open('light')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('button:visible, .filter:visible').count()).toBe(0)
    expect(await page.locator('#failure-1 .exchange pre').first().isVisible()).toBe(true)
    expect(await page.evaluate("getComputedStyle(document.querySelector('pre')).maxHeight")).toBe('none')
    const folded =
      "document.querySelector('#failure-1 details:not([open]) li').checkVisibility({ contentVisibilityAuto: true })"
    expect(await page.evaluate(folded)).toBe(true)
  })

  it.each(['light', 'dark'] as const)('keeps the contrast of what differs, in %s colours', async (scheme) => {
    const page = await open(scheme, { bypassCSP: true, hash: '#relay-messages-14' })
    await page.locator('#relay-messages-14 mark').first().waitFor()
    await page.evaluate(axe)
    const { violations } = await page.evaluate<AxeResults>("axe.run('#relay-messages-14')")
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  })

  it('shows all but the steps without scripts, and says so', async () => {
    const page = await open('light', { javaScriptEnabled: false })
    await page.getByText('What failed').first().waitFor()
    expect(await page.locator('form.filter').isVisible()).toBe(false)
    expect(await page.innerText('main')).toContain('which your browser does not run')
  })

  it.each([320, 768, 1280])('is no wider than a window of %i pixels', async (width) => {
    const page = await open('light', { viewport: { width, height: 800 } })
    await page.getByRole('button', { name: 'Open all' }).click()
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(width)
  })
})
