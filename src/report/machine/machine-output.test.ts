import { describe, expect, test } from 'vitest'
import { badStep } from '../../../tests/golden/message-stream.ts'
import { namedRun } from '../../../tests/golden/named-run.ts'
import { RUN, sampleVerdicts } from '../../../tests/golden/sample-run.ts'
import { summarise } from '../summary.ts'
import { MACHINE_OUTPUTS, type MachineOutput } from './machine-output.ts'

const ID = 'RELAY-MESSAGE-01'
const verdicts = sampleVerdicts()

function written({ begin, scenario, end }: MachineOutput): string {
  return begin(RUN) + verdicts.scenarios.map(scenario).join('') + end(verdicts, RUN)
}

describe('what programs read of a run', () => {
  test('as JSON is the summary', () => {
    expect(JSON.parse(written(MACHINE_OUTPUTS.json))).toEqual(
      JSON.parse(JSON.stringify(summarise(verdicts, RUN))),
    )
  })

  test('as NDJSON is a line for the run, each scenario, and the verdict', () => {
    const lines = written(MACHINE_OUTPUTS.ndjson).trimEnd().split('\n')
    const objects = lines.map((line) => JSON.parse(line) as { kind: string })
    expect(objects.map(({ kind }) => kind)).toEqual([
      'run',
      ...verdicts.scenarios.map(() => 'scenario'),
      'verdict',
    ])
    expect(objects[0]).toMatchObject({ seed: RUN.seed, scenarios: verdicts.scenarios.length })
    expect(objects[1]).toMatchObject({ name: 'delivers a message', outcome: 'passed', line: 3 })
    expect(objects.at(-1)).toMatchObject({ verdict: verdicts.verdict, exitCode: verdicts.exitCode })
  })

  test('as text is nothing', () => {
    expect(written(MACHINE_OUTPUTS.text)).toBe('')
  })

  test.each(['json', 'ndjson', 'github'] as const)('as %s cannot steer a terminal', (format) => {
    const hostile = namedRun('a', [
      { line: 1, name: 'asks\u009b', tags: [ID], attempts: [[badStep(ID, { got: '\u009b2J\u202ey' })]] },
    ])
    const { scenario, end } = MACHINE_OUTPUTS[format]
    const text = hostile.verdicts.scenarios.map(scenario).join('') + end(hostile.verdicts, hostile.run)
    expect(text).toContain('2J')
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  test('has no command for a log of GitHub Actions in it', () => {
    const [first] = verdicts.scenarios
    const hostile = first === undefined ? [] : [{ ...first, message: '##[error]forged' }]
    const text = hostile.map(MACHINE_OUTPUTS.ndjson.scenario).join('')
    expect(text).not.toContain('##[')
    expect(JSON.parse(text)).toMatchObject({ message: '##[error]forged' })
  })
})
