import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { areasOfChange } from './areas-of-change.ts'

/*
 * `npm run near`: runs what the uncommitted change can break, and says what it ran and what it left out.
 */

const MAIN = join(PACKAGE_ROOT, 'dist/src/cli/main.js')
const VITEST = join(PACKAGE_ROOT, 'node_modules/vitest/vitest.mjs')

function git(...args: readonly string[]): readonly string[] {
  return execFileSync('git', args, { cwd: PACKAGE_ROOT, encoding: 'utf8' }).split('\n').filter(Boolean)
}

function read(path: string): string | null {
  const file = join(PACKAGE_ROOT, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Runs a script of Node.js in the repository; whether it ended with 0. */
function passes(title: string, script: string, args: readonly string[]): boolean {
  say(`\n=== ${title}`)
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: PACKAGE_ROOT, stdio: 'inherit' })
  return status === 0
}

const changed = [...git('diff', '--name-only', 'HEAD'), ...git('ls-files', '--others', '--exclude-standard')]
const { areas, unmapped } = areasOfChange(changed, read)
const reports = mkdtempSync(join(tmpdir(), 'touchstone-near-'))
const started = performance.now()

const results = [
  passes('unit tests that import what has changed', VITEST, [
    'run',
    '--project',
    'unit',
    '--project',
    'unit-http',
    '--changed',
    '--passWithNoTests',
  ]),
  ...[...areas].flatMap(([protocol, list]) => [
    passes(`scenarios of ${list.join(', ')}`, MAIN, [
      'verify',
      protocol,
      '--reports',
      reports,
      ...list.flatMap((area) => ['--only', area]),
    ]),
    passes(`faults of ${list.join(', ')}`, MAIN, [
      'prove',
      protocol,
      ...list.flatMap((area) => ['--fault', area]),
    ]),
  ]),
]
rmSync(reports, { recursive: true })

say(`\nchanged files: ${changed.length}, ${((performance.now() - started) / 1000).toFixed(1)} s`)
say(`Ran: unit tests; scenarios and faults of ${[...areas.values()].flat().join(', ') || 'no area'}.`)
for (const path of unmapped)
  say(`Not run: scenarios and faults that ${path} touches; it has the name of no feature.`)
say('Not run: all other scenarios and faults, the suite of tests/ (npm test), and npm run check.')
process.exitCode = results.every(Boolean) ? 0 : 1
