import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { faultsBySchema, repositoryText } from './ci-file.ts'
import { RUNS_MS, jobFolder, type JobEnded, type JobFolder } from './job-folder.ts'
import { faultsByTypes } from './kubernetes-types.ts'

const PARTS = ['1', '2', '3'] as const
const CONFORMANT = { exitCode: 0, hasReport: true }

let folder: JobFolder
beforeEach(async () => {
  folder = await jobFolder()
})
afterEach(async () => {
  await folder.close()
})

/** How making one report ended, after all parts ended well. */
async function merged(
  parts: readonly Promise<JobEnded>[],
  merge: () => Promise<JobEnded>,
  reports: string,
): Promise<void> {
  const ended = await Promise.all(parts)
  expect(
    ended.map(({ exitCode }) => exitCode),
    ended.map(({ output }) => output).join('\n'),
  ).toEqual([0, 0, 0])
  const { exitCode, output } = await merge()
  expect({ exitCode, hasReport: folder.has(`${reports}/report.html`) }, output).toEqual(CONFORMANT)
}

describe('the pipeline of GitLab', () => {
  const FILE = 'examples/gitlab-ci.yml'

  interface Pipeline {
    readonly default: { readonly before_script: readonly string[] }
    readonly conformance: Job
    readonly 'conformance-report': Job
  }
  interface Job {
    readonly script: readonly string[]
  }

  it('is valid by the schema of pipelines', () => {
    expect(faultsBySchema(FILE, 'gitlab-ci')).toEqual([])
  })

  it(
    'verifies in three parts and makes one report of them',
    async () => {
      const pipeline = parse(repositoryText(FILE)) as Pipeline
      const scriptOf = ({ script }: Job) => [...pipeline.default.before_script, ...script].join('\n')
      const env = { CI_PIPELINE_ID: '4711', CI_NODE_TOTAL: '3' }
      await merged(
        PARTS.map((part) => folder.run(scriptOf(pipeline.conformance), { ...env, CI_NODE_INDEX: part })),
        () => folder.run(scriptOf(pipeline['conformance-report']), env),
        'reports',
      )
      expect(PARTS.map((part) => folder.has(`shard-${part}/junit.xml`))).toEqual([true, true, true])
    },
    RUNS_MS,
  )
})

describe('the pipeline of Jenkins', () => {
  const steps = [...repositoryText('examples/Jenkinsfile').matchAll(/^ +sh '(.*)'$/gm)].map(
    ([, script = '']) => script,
  )

  it(
    'verifies in three parts and makes one report of them',
    async () => {
      expect(steps).toHaveLength(4)
      const env = { BUILD_TAG: 'jenkins-conformance-12' }
      await merged(
        PARTS.map((part) =>
          folder.run(steps.slice(0, 2).join('\n'), { ...env, PART: part, TOUCHSTONE_SHARD: `${part}/3` }),
        ),
        () => folder.run(steps.slice(2).join('\n'), env),
        'reports',
      )
    },
    RUNS_MS,
  )
})

describe('the Job of Kubernetes', () => {
  const text = repositoryText('examples/kubernetes-job.yaml')
  const documents = parseAllDocuments(text).map((document) => document.toJS() as unknown)

  interface Job {
    readonly spec: {
      readonly completions: number
      readonly template: { readonly spec: { readonly containers: readonly [Container] } }
    }
  }
  interface Container {
    readonly args: readonly string[]
    readonly env: readonly { readonly name: string; readonly value: string }[]
  }

  it('has the form of its kinds', () => {
    const kinds = ['core/v1.ConfigMap', 'core/v1.PersistentVolumeClaim', 'batch/v1.Job'] as const
    expect(kinds.flatMap((kind, index) => faultsByTypes(kind, documents[index]))).toEqual([])
  })

  it(
    'verifies in three parts, of which its comment makes one report',
    async () => {
      const map = documents[0] as { readonly data: Readonly<Record<string, string>> }
      const job = documents[2] as Job
      const { relay } = folder
      const target = (map.data['touchstone.yaml'] ?? '')
        .replace('http://relay.default.svc:8080', relay.url)
        .replaceAll('http://relay.default.svc:8081', relay.control)
      writeFileSync(folder.file('touchstone.yaml'), target)
      const [{ args, env }] = job.spec.template.spec.containers
      const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]))
      expect(job.spec.completions).toBe(PARTS.length)
      await merged(
        PARTS.map((_, index) => {
          const own = args.map((arg) =>
            arg
              .replace('$(JOB_COMPLETION_INDEX)', String(index))
              .replace('/etc/touchstone', folder.path)
              .replace('/reports', folder.path),
          )
          return folder.run(`touchstone ${own.join(' ')}`, {
            ...variables,
            JOB_COMPLETION_INDEX: String(index),
          })
        }),
        () => folder.run(/touchstone report .*--reports whole/.exec(text)?.[0] ?? 'exit 9'),
        'whole',
      )
    },
    RUNS_MS,
  )
})
