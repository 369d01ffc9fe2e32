import { exploreTarget } from '#run/explored/explore-target.ts'
import { byProtocol } from '#run/targets/by-protocol.ts'
import { resolveTargets } from '#run/targets/resolve-target.ts'

/**
 * Walks a relay until so many requests were made, and prints as JSON how many, how long that took (ms) and what this
 * process held (bytes, resident) after each tenth.
 */
const [, , url = '', control = '', most = ''] = process.argv
const MOST = Number(most)
const TENTHS = 10

const planned = resolveTargets('relay', { url, control }, { cwd: '/', env: {}, featured: ['relay'] })
const targets = await byProtocol(planned.map(({ target }) => target))
const enough = new AbortController()
const samples: number[] = []
const started = performance.now()

const { exploration } = await exploreTarget(
  {
    protocol: 'relay',
    targets,
    salt: 'bench',
    options: {
      seed: 'bench',
      runs: MOST,
      forMs: Number.MAX_SAFE_INTEGER,
      steps: 40,
      parties: 3,
      area: null,
      bursts: true,
      shrinkMs: 0,
      mostCounterexamples: 1,
    },
  },
  {
    interrupted: enough.signal,
    now: () => Date.now(),
    onWalk: ({ asks }) => {
      if (asks >= (MOST / TENTHS) * (samples.length + 1)) samples.push(process.memoryUsage.rss())
      if (asks >= MOST) enough.abort()
    },
  },
)

if (exploration.counterexamples.length > 0 || exploration.inconclusive !== null)
  throw new Error(
    `walks: expected nothing wrong with the mock, got ${JSON.stringify(exploration.counterexamples)}`,
  )
const { asks } = exploration
process.stdout.write(`${JSON.stringify({ asks, ms: performance.now() - started, samples })}\n`)
