import { execFile } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { createConsumer, type Consumer } from './consumer.ts'

const execute = promisify(execFile)

const INSTALL_MS = 300_000
const RUN_MS = 180_000

let consumer: Consumer
/** A folder of the consumer with Jest in it, which npm takes from the registry as its own lock file has it. */
let project: string
beforeAll(async () => {
  consumer = await createConsumer()
  project = join(consumer.folder, 'project')
  cpSync(join(PACKAGE_ROOT, 'tests/package/jest'), project, { recursive: true })
  await execute('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: project })
}, INSTALL_MS)
afterAll(() => {
  consumer.remove()
})

// In this mode every file that is no built-in module of Node.js is compiled as CommonJS into a context of its own, and
// `import()` is not to be had.
it(
  'serves tests of Jest in its default mode, and keeps it open no longer',
  async () => {
    const jest = join(project, 'node_modules/jest/bin/jest.js')
    const ended = await consumer.node(jest, '--rootDir', project, '--ci', '--detectOpenHandles')
    expect(ended.stderr).toMatch(/^Tests: +5 passed, 5 total$/m)
    expect(ended.stderr).not.toMatch(/open handle|did not exit/)
    expect(ended).toMatchObject({ exitCode: 0, stdout: '' })
  },
  RUN_MS,
)
