import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

const execute = promisify(execFile)

/** What a program wrote, and how it ended. */
export interface Finished {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A project that has installed the package as it would be published. */
export interface Consumer {
  /** Where it stands. */
  readonly folder: string
  /** The files of the package, relative to its root. */
  readonly files: readonly string[]
  /** Writes a file of the project, and gives its path. */
  readonly write: (name: string, text: string) => string
  /** Runs a script of the project, or a path, under Node. */
  readonly node: (...args: readonly string[]) => Promise<Finished>
  /** The installed `touchstone`. */
  readonly binary: string
  readonly remove: () => void
}

interface Manifest {
  readonly bin: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
}

/** What the project has besides the package and what that depends on. */
const OWN_DEPENDENCIES = ['@types/node', 'undici-types']

/** Packs the compiled package and installs it in a new project, without the network: dependencies are links. */
export async function createConsumer(): Promise<Consumer> {
  const project = mkdtempSync(join(tmpdir(), 'touchstone-consumer-'))
  const installed = join(project, 'node_modules/touchstone')
  mkdirSync(installed, { recursive: true })
  const files = await unpack(project, installed)
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest
  for (const name of [...Object.keys(manifest.dependencies), ...OWN_DEPENDENCIES]) link(project, name)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }))
  return {
    folder: project,
    files,
    write: (name, text) => {
      writeFileSync(join(project, name), text)
      return join(project, name)
    },
    node: (...args) => run(project, args),
    binary: join(installed, manifest.bin['touchstone'] ?? ''),
    remove: () => {
      rmSync(project, { recursive: true, force: true })
    },
  }
}

async function unpack(project: string, into: string): Promise<readonly string[]> {
  const options = ['--ignore-scripts', '--json', '--pack-destination', project]
  const { stdout } = await execute('npm', ['pack', ...options], { cwd: PACKAGE_ROOT, maxBuffer: 2 ** 24 })
  const [packed] = JSON.parse(stdout) as readonly [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ]
  await execute('tar', ['-xzf', join(project, packed.filename), '-C', into, '--strip-components', '1'])
  return packed.files.map(({ path }) => path)
}

function link(project: string, name: string): void {
  const place = join(project, 'node_modules', name)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(join(PACKAGE_ROOT, 'node_modules', name), place)
}

/** A script that does not end is killed after this; its exit code is null then. */
const MOST_RUN_MS = 170_000

async function run(cwd: string, args: readonly string[]): Promise<Finished> {
  try {
    return { exitCode: 0, ...(await execute(process.execPath, [...args], { cwd, timeout: MOST_RUN_MS })) }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number | null; stdout: string; stderr: string }
    return { exitCode: code, stdout, stderr }
  }
}
