import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { evaluated, faultsBySchema, repositoryText, type Contexts } from './ci-file.ts'
import { RUNS_MS, SELECTED, jobFolder, type JobEnded, type JobFolder } from './job-folder.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

interface Workflow {
  readonly jobs: Readonly<Record<'verify' | 'report', { readonly steps: readonly Step[] }>>
}

const WORKFLOW = 'examples/github-workflow.yml'
const action = parse(repositoryText('action.yml')) as Action
const workflow = parse(repositoryText(WORKFLOW)) as Workflow
const scripts = [...action.runs.steps, ...workflow.jobs.report.steps].flatMap(({ run }) => run ?? [])

const folders: JobFolder[] = []
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => folder.close()))
})

async function checkedOut(faults: readonly string[] = []): Promise<JobFolder> {
  const folder = await jobFolder(faults)
  folders.push(folder)
  symlinkSync(PACKAGE_ROOT, folder.file('touchstone'))
  return folder
}

/** Runs the steps of the action as a runner would; the outcome of the last, and what it gave as output. */
async function runAction(
  folder: JobFolder,
  given: Readonly<Record<string, string>>,
): Promise<JobEnded & { readonly given: string }> {
  const github = { run_id: '77' }
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      name,
      given[name] ?? evaluated(input.default, { github }),
    ]),
  )
  const outputs = folder.file(`outputs-${inputs['reports'] ?? ''}`)
  writeFileSync(outputs, '')
  const files = { GITHUB_ACTION_PATH: folder.file('touchstone'), GITHUB_OUTPUT: outputs }
  let last: JobEnded = { exitCode: 0, output: '' }
  for (const { run = '', env = {} } of action.runs.steps) {
    last = await folder.run(run, { ...files, ...evaluatedAll(env, { inputs }) }, 'bash')
    if (last.exitCode !== 0) break
  }
  return { ...last, given: readFileSync(outputs, 'utf8') }
}

function evaluatedAll(
  texts: Readonly<Record<string, string>>,
  contexts: Contexts,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, evaluated(text, contexts)]))
}

describe('the action', () => {
  it('is valid by the schema of actions', () => {
    expect(faultsBySchema('action.yml', 'github-action')).toEqual([])
  })

  it('hands inputs to scripts by the environment alone, and all of them', () => {
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
    const used = [...repositoryText('action.yml').matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(
      ([, name]) => name,
    )
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(action.inputs).toSorted())
  })

  it(
    'takes an input for what it is, whatever is in it',
    async () => {
      const folder = await checkedOut()
      const only = '$(touch owned) "; touch owned; `touch owned`'
      const { exitCode, given, output } = await runAction(folder, { target: 'touchstone.yaml', only })
      expect({ exitCode, given, isOwned: folder.has('owned') }).toEqual({
        exitCode: 2,
        given: 'exit-code=2\n',
        isOwned: false,
      })
      expect(output).toContain('touch owned')
    },
    RUNS_MS,
  )

  it(
    'fails where the server is non-conformant, and says so as its output',
    async () => {
      const folder = await checkedOut(['RELAY-CODE-03/answers-422'])
      const wanted = {
        protocol: 'relay',
        target: 'touchstone.yaml',
        only: SELECTED,
        baseline: '',
        allow: 'sends',
      }
      const { exitCode, given, output } = await runAction(folder, wanted)
      expect({ exitCode, given }, output).toEqual({ exitCode: 1, given: 'exit-code=1\n' })
      expect(folder.has('touchstone-reports/report.html')).toBe(true)
    },
    RUNS_MS,
  )
})

describe('the workflow', () => {
  it('is valid by the schema of workflows', () => {
    expect(faultsBySchema(WORKFLOW, 'github-workflow')).toEqual([])
  })

  it(
    'verifies in three parts and makes one report of them',
    async () => {
      const folder = await checkedOut()
      const call = workflow.jobs.verify.steps.find(({ uses }) => uses === './touchstone')
      const parts = ['1', '2', '3'].map((shard) =>
        runAction(folder, { ...evaluatedAll(call?.with ?? {}, { matrix: { shard } }), only: SELECTED }),
      )
      expect((await Promise.all(parts)).map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
      const [merge = ''] = workflow.jobs.report.steps.flatMap(({ run }) => run ?? [])
      const { exitCode, output } = await folder.run(merge, {}, 'bash')
      expect({ exitCode }, output).toEqual({ exitCode: 0 })
      expect(folder.has('reports/report.html')).toBe(true)
    },
    RUNS_MS,
  )
})
