import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { WIRE_CASES } from './http10-cases.ts'
import { rawExchange } from './raw-exchange.ts'

const execute = promisify(execFile)

/** The lines of Node besides the one the tests run on; the registry has them as packages for this platform. */
const LINES = [22, 24, 26] as const
const PACKAGE = `node-${process.platform}-${process.arch}`
const INSTALL_MS = 120_000

const folder = mkdtempSync(join(tmpdir(), 'touchstone-node-'))
const children: ChildProcess[] = []

afterAll(() => {
  for (const child of children) child.kill()
  rmSync(folder, { recursive: true, force: true })
})

interface NodeLine {
  readonly line: number
  /** The program; null where the registry gave none, for that reason. */
  readonly program: string | null
  readonly reason: string
}

/** Installs the newest Node of a line in a folder of its own. */
async function installed(line: number): Promise<NodeLine> {
  const place = mkdtempSync(join(folder, `${line}-`))
  writeFileSync(join(place, 'package.json'), '{"private":true}')
  const wanted = `${PACKAGE}@${line}`
  const options = { cwd: place, timeout: INSTALL_MS }
  try {
    await execute('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', wanted], options)
    const program = join(place, 'node_modules', PACKAGE, 'bin/node')
    const { stdout } = await execute(program, ['--version'])
    return { line, program, reason: stdout.trim() }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : String(error)
    return { line, program: null, reason }
  }
}

const lines = await Promise.all(LINES.map(installed))
process.stderr.write(
  lines
    .map(
      ({ line, program, reason }) =>
        `HTTP/1.0 under Node ${line}: ${program ? 'runs' : 'SKIPPED'}, ${reason}\n`,
    )
    .join(''),
)

interface Started {
  readonly plain: string
  readonly secure: string
  readonly ca: string
  readonly version: string
}

async function started(program: string): Promise<Started> {
  const script = join(PACKAGE_ROOT, 'tests/wire/http10-process.ts')
  const child = spawn(program, ['--no-warnings', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return JSON.parse(line) as Started
}

describe.each(lines)('the HTTP/1.0 edge under Node $line', ({ line, program }) => {
  test.skipIf(program === null)('answers as under the oldest, byte for byte', async () => {
    const { plain, secure, ca, version } = await started(program ?? '')
    expect(version).toMatch(new RegExp(`^v${line}\\.`))
    for (const { name, sent, answer } of WIRE_CASES) {
      for (const url of [plain, secure]) {
        expect(await rawExchange(url, sent, { ca }), `${name}, ${url}`).toEqual({ text: answer, over: 'end' })
      }
    }
  })
})
