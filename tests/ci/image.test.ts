import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { repositoryText } from './ci-file.ts'

/*
 * The steps of the Dockerfile, without a container engine: each stage is a folder that stands for the root of its files,
 * and absolute paths in its steps lead there. Node.js is that of the test. What the gate begins with, which is one of the
 * steps, is not done again.
 */

const execute = promisify(execFile)
const BUILD_MS = 600_000
const ABSOLUTE = /(?<=^|\s)\/(?=build|touchstone|opt|usr|work)/g
const isRoot = process.getuid?.() === 0

interface Instruction {
  readonly name: string
  readonly text: string
}

/** The instructions of each stage, without its FROM. */
const stages: readonly (readonly Instruction[])[] = repositoryText('Dockerfile')
  .split(/^FROM .*$/m)
  .slice(1)
  .map((stage) =>
    [...stage.matchAll(/^([A-Z]+) (.*)$/gm)].map(([, name = '', text = '']) => ({ name, text })),
  )

const ignored = repositoryText('.dockerignore').trim().split('\n')

/** What installs and builds a clean clone. */
const INSTALL = 'npm ci --no-audit --no-fund'

/** Copies what is in the context of a build. */
function copyContext(to: string): void {
  for (const name of readdirSync(PACKAGE_ROOT).filter((each) => !ignored.includes(each)))
    cpSync(join(PACKAGE_ROOT, name), join(to, name), { recursive: true })
}

/** Puts there what installing and building have made here. */
function copyBuilt(to: string): void {
  cpSync(join(PACKAGE_ROOT, 'dist'), join(to, 'dist'), { recursive: true })
  symlinkSync(join(PACKAGE_ROOT, 'node_modules'), join(to, 'node_modules'))
}

function copy(
  text: string,
  { root, cwd }: { readonly root: string; readonly cwd: string },
  built: string,
): void {
  const [from = '', to = '', rest] = text.replace('--from=build ', '').split(' ')
  if (rest !== undefined || (from !== '.' && !text.startsWith('--from=build')))
    throw new Error(`COPY ${text}: expected . . or one folder of the build`)
  if (from === '.') copyContext(cwd)
  else cpSync(join(built, from), join(root, to), { recursive: true })
}

/** Carries out the steps of a stage below `root`. */
async function build(steps: readonly Instruction[], root: string, built = root): Promise<void> {
  mkdirSync(join(root, 'usr/local/bin'), { recursive: true })
  mkdirSync(join(root, 'opt'))
  const workdir = steps.find(({ name }) => name === 'WORKDIR')?.text ?? '/'
  const cwd = resolve(root, `.${steps[0]?.name === 'WORKDIR' ? workdir : ''}`)
  mkdirSync(cwd, { recursive: true })
  for (const { name, text } of steps) {
    if (name === 'COPY') copy(text, { root, cwd }, built)
    if (name === 'RUN' && text === INSTALL) copyBuilt(cwd)
    else if (name === 'RUN')
      await execute('sh', ['-e', '-c', text.replace(ABSOLUTE, `${root}/`)], { cwd, maxBuffer: 2 ** 24 })
  }
}

describe.skipIf(!isRoot)('the image', () => {
  let place: Workplace
  let root: string
  beforeAll(async () => {
    place = workplace()
    chmodSync(place.path, 0o755)
    const [first = [], second = []] = stages
    await build(first, place.file('build-stage'))
    root = place.file('image')
    await build(second, root, place.file('build-stage'))
  }, BUILD_MS)
  afterAll(() => {
    place.remove()
  }, BUILD_MS)

  /** Runs the entry point as the user of the image, in its folder. */
  function touchstone(...args: readonly string[]) {
    const env = { PATH: `${join(root, 'usr/local/bin')}:${process.env['PATH'] ?? ''}` }
    return execute('touchstone', [...args], { cwd: join(root, 'work'), uid: 1000, gid: 1000, env })
  }

  it('is installed and built from a clean clone as the gate installs and builds it', () => {
    const [first = []] = stages
    expect(first.map(({ text }) => text)).toContain(INSTALL)
    expect(repositoryText('.ci/run')).toContain(`bash -c '${INSTALL} && `)
    // Neither history nor earlier reports are read by a build.
    const untracked = repositoryText('.gitignore').replaceAll('/', '').split('\n')
    expect(ignored.filter((name) => !['.git', 'reports', ...untracked].includes(name))).toEqual([])
  })

  it('begins with the command line, as a user without rights', () => {
    const [, last = []] = stages
    const instructions = last.filter(({ name }) => ['USER', 'WORKDIR', 'ENTRYPOINT', 'CMD'].includes(name))
    expect(instructions.map(({ name, text }) => `${name} ${text}`)).toEqual([
      'USER 1000:1000',
      'WORKDIR /work',
      'ENTRYPOINT ["touchstone"]',
      'CMD ["--help"]',
    ])
  })

  it('has what is published, with what that needs, and nothing else', () => {
    const installed = readdirSync(join(root, 'opt/touchstone'))
    expect(installed).toEqual(expect.arrayContaining(['bin', 'dist', 'features', 'node_modules']))
    expect(installed.filter((name) => ['src', 'tests', 'scripts', '.git'].includes(name))).toEqual([])
    expect(readdirSync(join(root, 'opt/touchstone/node_modules'))).not.toContain('vitest')
  })

  it('verifies, and leaves the reports in the folder of the user', async () => {
    const { stdout } = await touchstone('verify', 'relay', '--only', 'RELAY-CODE-03')
    expect(stdout).toContain('CONFORMANT')
    expect(readdirSync(join(root, 'work/reports'))).toContain('report.html')
  }, 180_000)
})
