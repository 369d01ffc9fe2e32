import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildData } from '#protocol/built-data.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { registerData } from '#protocol/register.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { featureData } from '#run/features.ts'

/*
 * `npm run build:data`: reads the registers and the features once, so that no command has to.
 */

for (const protocol of PROTOCOLS)
  for (const { path, text } of [buildData(registerData(protocol)), buildData(featureData(protocol))]) {
    const file = join(PACKAGE_ROOT, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
