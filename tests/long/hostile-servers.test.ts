import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { touchstone, workplace, type Workplace } from '../cli/touchstone.ts'
import { HOSTILE_ANSWERS, type HostileAnswer } from './hostile-answers.ts'
import { hostileProxy, type GivenAnswer } from './hostile-proxy.ts'
import { drawn } from './whole-suite-table.ts'

const HOURS_MS = 24 * 3_600_000

/** How many answers are drawn, times ten; all without it. */
const SAMPLE = Number(process.env['TOUCHSTONE_SAMPLE'] ?? '0')
const SEED = process.env['TOUCHSTONE_SEED'] ?? new Date().toISOString().slice(0, 10)
const TEN = 10

const ANSWER_MS = 500
const GRACE_MS = 2000
const MOST_MB = 250
/** At most so many answers are given in one run, whose memory counts for each of them. */
const PER_RUN = 4
const SCENARIOS = 'RELAY-CODE'

/**
 * Has the process say at its end how much memory it had at most, in KB. What getrusage(2) says begins with the memory of the
 * process that started it.
 */
const PEAK = `
  import { readFileSync, writeFileSync } from 'node:fs'
  import { isMainThread } from 'node:worker_threads'
  const peak = () => /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
  if (isMainThread) process.on('exit', () => writeFileSync('peak', peak()))`

let mock: RelayMock

beforeEach(async () => {
  mock = await startRelayMock()
})

afterEach(async () => {
  await mock.close()
})

interface JudgedScenario {
  readonly name: string
  readonly outcome: string
  readonly startedAt: string
  readonly durationMs: number
  readonly exchanges: number
}

interface Judged {
  readonly scenarios: readonly JudgedScenario[]
}

/** What became of the scenario in which an answer was given. Seconds; MB of the whole run. */
interface HostileRow {
  readonly answer: string
  readonly outcome: string
  readonly seconds: number
  readonly peakMb: number
}

/** Runs the scenarios against a server that gives these answers, in a folder of its own. */
async function rowsOf(answers: readonly HostileAnswer[]): Promise<readonly HostileRow[]> {
  const place = workplace()
  try {
    writeFileSync(place.file('peak.mjs'), PEAK)
    return await rowsIn(place, answers)
  } finally {
    place.remove()
  }
}

async function rowsIn(place: Workplace, answers: readonly HostileAnswer[]): Promise<readonly HostileRow[]> {
  const proxy = await hostileProxy(mock.url, answers)
  const args = [
    'verify',
    'relay',
    '--url',
    proxy.url,
    '--control',
    mock.control,
    '--timeout',
    String(ANSWER_MS),
  ]
  const { exitCode, stderr } = await touchstone([...args, '--only', SCENARIOS, '--quiet'], {
    cwd: place.path,
    env: { NODE_OPTIONS: `--import ${place.file('peak.mjs')}` },
  })
  await proxy.close()
  expect(stderr).toBe('')
  const { scenarios: judged } = place.json('reports/summary.json') as Judged
  const scenarios = judged.toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1))
  const peakMb = Number(place.text('peak')) / 1024
  const isRight = scenarios.every(({ outcome }) => ['passed', 'skipped'].includes(outcome))
  expect(isRight ? [0] : [1, 3]).toContain(exitCode)
  expect(scenarios.map(({ outcome }) => outcome)).not.toContain('harness-error')
  expect(proxy.given.length).toBeGreaterThan(0)
  return proxy.given.map((given) => rowOf(given, scenarios, peakMb))
}

function answersNamed(wanted: string): readonly HostileAnswer[] {
  return HOSTILE_ANSWERS.filter(({ name }) => name === wanted)
}

function rowOf({ name, at }: GivenAnswer, scenarios: readonly JudgedScenario[], peakMb: number): HostileRow {
  const scenario = scenarios.findLast(({ startedAt }) => Date.parse(startedAt) <= at)
  const { outcome = 'none', durationMs = 0 } = scenario ?? {}
  return { answer: name, outcome, seconds: durationMs / 1000, peakMb: Math.round(peakMb) }
}

it(
  `no answer keeps a run from its end, of all or of those drawn with the seed ${SEED}`,
  async () => {
    expect(HOSTILE_ANSWERS.length).toBeGreaterThanOrEqual(200)
    const names = HOSTILE_ANSWERS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const order = drawn(names, SAMPLE === 0 ? names.length : TEN * SAMPLE, SEED)
    const rows: HostileRow[] = []
    for (let left = order; left.length > 0; left = order.slice(rows.length))
      rows.push(...(await rowsOf(left.slice(0, PER_RUN).flatMap(answersNamed))))
    process.stderr.write(rows.map((row) => `${Object.values(row).join(' | ')}\n`).join(''))
    expect(rows.filter(({ peakMb }) => peakMb > MOST_MB)).toEqual([])
    expect(rows.filter(({ outcome }) => outcome === 'none')).toEqual([])
    expect(rows.filter(({ seconds }) => seconds * 1000 > ANSWER_MS + GRACE_MS)).toEqual([])
  },
  HOURS_MS,
)
