import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { figuresOf } from '#run/request-figures.ts'
import { collect } from '#verdict/collect.ts'

/*
 * Writes `features/<protocol>/requests.json`, how many requests of which operation each scenario makes, from the record of
 * a whole run against the bundled mocks: its folder is the argument.
 */
const [folder = 'reports'] = process.argv.slice(2)
const messages = join(folder, 'messages.ndjson')
if (!existsSync(messages)) {
  process.stderr.write(
    `${messages}: expected the record of a run; make one first: node bin/touchstone.cjs verify\n`,
  )
  process.exit(2)
}
const envelopes = readFileSync(messages, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Envelope)
const { executed } = collect(envelopes)
for (const protocol of PROTOCOLS) {
  const file = join(PACKAGE_ROOT, 'features', protocol, 'requests.json')
  writeFileSync(file, `${JSON.stringify(figuresOf(protocol, executed.values()), null, 2)}\n`)
}
