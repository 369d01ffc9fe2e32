import { UsageError } from '#evidence/usage-error.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** The two variables by which a CI system numbers its parallel jobs, and the number of the first of them. */
interface ParallelJobs {
  readonly index: string
  readonly count: string
  readonly first: 0 | 1
}

/** The whole of it in one variable, `I/N`, for systems that have no such variables. */
const SHARD = 'TOUCHSTONE_SHARD'
const SEED = 'TOUCHSTONE_SEED'

/** GitLab, Buildkite, CircleCI, Semaphore, Bitbucket, Azure, and indexed jobs of Kubernetes, which give no count. */
const JOBS: readonly ParallelJobs[] = [
  { index: 'CI_NODE_INDEX', count: 'CI_NODE_TOTAL', first: 1 },
  { index: 'BUILDKITE_PARALLEL_JOB', count: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
  { index: 'CIRCLE_NODE_INDEX', count: 'CIRCLE_NODE_TOTAL', first: 0 },
  { index: 'SEMAPHORE_JOB_INDEX', count: 'SEMAPHORE_JOB_COUNT', first: 1 },
  { index: 'BITBUCKET_PARALLEL_STEP', count: 'BITBUCKET_PARALLEL_STEP_COUNT', first: 0 },
  { index: 'SYSTEM_JOBPOSITIONINPHASE', count: 'SYSTEM_TOTALJOBSINPHASE', first: 1 },
  { index: 'JOB_COMPLETION_INDEX', count: 'TOUCHSTONE_SHARDS', first: 0 },
]

/**
 * What is the same in all jobs of one run of a CI system and in no other run: of GitHub, GitLab, Buildkite,
 * CircleCI, Semaphore, Bitbucket, Azure, Travis and Jenkins.
 */
const RUN_IDS = [
  SEED,
  'GITHUB_RUN_ID',
  'CI_PIPELINE_ID',
  'BUILDKITE_BUILD_ID',
  'CIRCLE_WORKFLOW_ID',
  'SEMAPHORE_WORKFLOW_ID',
  'BITBUCKET_PIPELINE_UUID',
  'BUILD_BUILDID',
  'TRAVIS_BUILD_ID',
  'BUILD_TAG',
] as const

/** `I/N` as the variables of the CI system say it. Throws a UsageError where they say nothing. */
export function shardOfCi(env: Variables): string {
  const given = valueOf(env, SHARD)
  if (given !== null) return given
  const jobs = JOBS.find(({ index }) => valueOf(env, index) !== null)
  if (jobs === undefined)
    throw new UsageError(
      `--shard auto: no variable says which shard this is; expected ${SHARD}=I/N, or ${JOBS.map(({ index }) => index).join(', ')}`,
    )
  return `${numberIn(env, jobs.index) + 1 - jobs.first}/${numberIn(env, jobs.count)}`
}

/** The seed that all shards of a run of the CI system have in common. Throws a UsageError where there is none. */
export function seedOfCi(env: Variables): string {
  const id = RUN_IDS.map((name) => valueOf(env, name)).find((value) => value !== null)
  if (id === undefined)
    throw new UsageError(
      `--shard auto: no variable says which run this is; expected --seed, the same in all shards, or one of ${RUN_IDS.join(', ')}`,
    )
  return id
}

function numberIn(env: Variables, name: string): number {
  const text = valueOf(env, name)
  if (text === null || !/^\d{1,6}$/.test(text))
    throw new UsageError(`--shard auto: ${name}: expected a number, got ${JSON.stringify(text ?? '')}`)
  return Number(text)
}

/** An empty variable is one that is not set. */
function valueOf(env: Variables, name: string): string | null {
  const value = env[name]?.trim() ?? ''
  return value === '' ? null : value
}
