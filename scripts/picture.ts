import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/*
 * `npm run picture -- FOLDER`: the first screen of the report in a folder of reports, as the picture of the README. Needs
 * Chromium at /usr/bin/chromium, or where CHROMIUM says.
 */

const PICTURE = join(PACKAGE_ROOT, 'docs/report.png')
const SIZE = { width: 1100, height: 760 }
const MOST_BYTES = 200_000

const [folder = 'reports'] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' })
  await page.goto(pathToFileURL(resolve(folder, 'report.html')).href)
  await page.screenshot({ path: PICTURE })
} finally {
  await browser.close()
}
const { size } = statSync(PICTURE)
process.stdout.write(`${PICTURE}: ${size} bytes\n`)
if (size > MOST_BYTES) {
  process.stderr.write(`${PICTURE}: expected at most ${MOST_BYTES} bytes, got ${size}\n`)
  process.exitCode = 1
}
