import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'

/** How a script of a job ended, and all that it wrote. */
export interface JobEnded {
  readonly exitCode: number
  readonly output: string
}

/** A new folder as a CI system hands it to a job, with the target file of a mock, `touchstone.yaml`. */
export interface JobFolder extends Workplace {
  readonly relay: RelayMock
  /** Runs a script as the system would, by a shell that ends at the first command that fails. */
  readonly run: (
    script: string,
    env?: Readonly<Record<string, string>>,
    shell?: 'sh' | 'bash',
  ) => Promise<JobEnded>
  readonly close: () => Promise<void>
}

/** One requirement, of which each part has a scenario, shows as much as all. */
export const SELECTED = 'RELAY-CODE-03'

/** Time for the few runs of a test, on a machine that has other work too. */
export const RUNS_MS = 240_000

const MAIN = join(PACKAGE_ROOT, 'bin/touchstone.cjs')

/** What stands for programs that are installed, or that install: `touchstone` verifies one requirement, `npm` installs nothing. */
const PROGRAMS = {
  touchstone: `if [ "$1" = verify ]; then shift; set -- verify --only ${SELECTED} "$@"; fi
exec "${process.execPath}" "${MAIN}" "$@"`,
  npm: 'exit 0',
  npx: '[ "$1" = --no-install ] || exit 9; shift; exec "$@"',
} as const

/** Makes the folder and starts the mock; `faults` are those of the mock. */
export async function jobFolder(faults: readonly string[] = []): Promise<JobFolder> {
  const relay = await startRelayMock({ faults })
  const place = workplace()
  const bin = place.file('.programs')
  mkdirSync(bin)
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  writeFileSync(place.file('touchstone.yaml'), targetFile(relay))
  const path = [bin, process.env['PATH'] ?? ''].join(delimiter)
  return {
    ...place,
    relay,
    run: (script, env = {}, shell = 'sh') =>
      ended(shell, ['-e', '-c', script], { cwd: place.path, env: { ...env, PATH: path } }),
    close: async () => {
      await relay.close()
      place.remove()
    },
  }
}

function targetFile({ url, control }: RelayMock): string {
  return `protocol: relay
url: ${url}
capabilities:
  verificationCode: { control: '${control}' }
  pushes: { control: '${control}' }
`
}

function ended(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<JobEnded> {
  return new Promise((resolve) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), output: stdout + stderr })
    })
  })
}
