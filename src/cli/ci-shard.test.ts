import { describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { seedOfCi, shardOfCi } from './ci-shard.ts'

describe('the shard of a CI job', () => {
  it.each([
    ['GitLab', { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' }, '1/3'],
    ['Buildkite', { BUILDKITE_PARALLEL_JOB: '0', BUILDKITE_PARALLEL_JOB_COUNT: '3' }, '1/3'],
    ['CircleCI', { CIRCLE_NODE_INDEX: '2', CIRCLE_NODE_TOTAL: '3' }, '3/3'],
    ['Semaphore', { SEMAPHORE_JOB_INDEX: '2', SEMAPHORE_JOB_COUNT: '2' }, '2/2'],
    ['Bitbucket', { BITBUCKET_PARALLEL_STEP: '1', BITBUCKET_PARALLEL_STEP_COUNT: '2' }, '2/2'],
    ['Azure', { SYSTEM_JOBPOSITIONINPHASE: '1', SYSTEM_TOTALJOBSINPHASE: '2' }, '1/2'],
    ['Kubernetes', { JOB_COMPLETION_INDEX: '0', TOUCHSTONE_SHARDS: '4' }, '1/4'],
    ['any, by our own variable', { TOUCHSTONE_SHARD: '2/3', CI_NODE_INDEX: '1', CI_NODE_TOTAL: '9' }, '2/3'],
    [
      'one whose first variable is empty',
      { TOUCHSTONE_SHARD: '', CI_NODE_INDEX: '1', CI_NODE_TOTAL: '9' },
      '1/9',
    ],
  ])('is read from the variables of %s', (_, env, shard) => {
    expect(shardOfCi(env)).toBe(shard)
  })

  it.each([
    [
      {},
      /^--shard auto: no variable says which shard this is; expected TOUCHSTONE_SHARD=I\/N, or CI_NODE_INDEX,/,
    ],
    [{ JOB_COMPLETION_INDEX: '0' }, /^--shard auto: TOUCHSTONE_SHARDS: expected a number, got ""$/],
    [{ CI_NODE_INDEX: 'x', CI_NODE_TOTAL: '2' }, /^--shard auto: CI_NODE_INDEX: expected a number, got "x"$/],
  ])('is refused where the variables do not say it: %j', (env, message) => {
    expect(() => shardOfCi(env)).toThrow(UsageError)
    expect(() => shardOfCi(env)).toThrow(message)
  })
})

describe('the seed of a CI run', () => {
  it.each([
    [{ GITHUB_RUN_ID: '17' }, '17'],
    [{ CI_PIPELINE_ID: '18' }, '18'],
    [{ BUILD_TAG: 'jenkins-relay-19' }, 'jenkins-relay-19'],
    [{ TOUCHSTONE_SEED: 'mine', GITHUB_RUN_ID: '17' }, 'mine'],
  ])('is what all its jobs have in common: %j', (env, seed) => {
    expect(seedOfCi(env)).toBe(seed)
  })

  it('is asked for where the variables do not say it', () => {
    expect(() => seedOfCi({ JOB_COMPLETION_INDEX: '0' })).toThrow(
      /^--shard auto: no variable says which run this is; expected --seed, the same in all shards, or one of TOUCHSTONE_SEED/,
    )
  })
})
