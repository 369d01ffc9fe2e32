import { execFile } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import manifest from '../../package.json' with { type: 'json' }
import { workplace } from './touchstone.ts'

const LAUNCHER = join(PACKAGE_ROOT, manifest.bin.touchstone)
const source = readFileSync(LAUNCHER, 'utf8')

/** What the launcher does under a version of Node.js: what it says, its exit code, and what it loads. */
function launched(version: string) {
  const loaded: string[] = []
  let said = ''
  const process = {
    versions: { node: version },
    execPath: '/usr/bin/node',
    exitCode: 0,
    stderr: { write: (text: string) => (said += text) },
  }
  const require = (name: string): unknown => {
    if (name.endsWith('package.json')) return manifest
    loaded.push(name)
    return {}
  }
  runInNewContext(source.replace(/^#!.*/, ''), { process, require })
  return { said, exitCode: process.exitCode, loaded }
}

describe('the launcher', () => {
  it('is read by every Node.js', () => {
    const config = { languageOptions: { ecmaVersion: 5, sourceType: 'script' } } as const
    expect(new Linter().verify(source, config)).toEqual([])
  })

  it.each(['4.9.1', '12.22.12', '18.20.8', '20.18.3'])(
    'says in one line that Node.js %s is too old',
    (version) => {
      expect(launched(version)).toEqual({
        said: `touchstone: expected Node.js 20.19 or newer, got ${version} at /usr/bin/node; install a newer one\n`,
        exitCode: 2,
        loaded: [],
      })
    },
  )

  it.each(['20.19.0', '20.20.2', '22.0.0', '26.1.0'])(
    'starts the command line under Node.js %s',
    (version) => {
      expect(launched(version)).toEqual({ said: '', exitCode: 0, loaded: ['./command-line.cjs'] })
    },
  )

  it.each([manifest.bin.touchstone, 'dist/src/cli/main.js'])('%s may be run after a build', (file) => {
    expect(statSync(join(PACKAGE_ROOT, file)).mode & 0o111).toBe(0o111)
  })

  it.each([manifest.bin.touchstone, 'dist/src/cli/main.js'])(
    '%s verifies both protocols at once',
    async (file) => {
      const place = workplace()
      const only = ['--only', 'RELAY-CODE-01', '--only', 'MSTORE-PROFILE-01', '--quiet']
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(PACKAGE_ROOT, file), 'verify', 'all', ...only],
        { cwd: place.path },
      )
      place.remove()
      expect(stdout).toMatch(/^CONFORMANT in all 2 requirements/)
    },
  )
})
