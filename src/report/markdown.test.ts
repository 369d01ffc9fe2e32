import { expect, test } from 'vitest'
import { judge } from '#verdict/judge.ts'
import { goodStep, messageStream, requirements, runRecord } from '../../tests/golden/message-stream.ts'
import { RUN, sampleVerdicts } from '../../tests/golden/sample-run.ts'
import { markdownSummary } from './markdown.ts'

test('a good run takes a few lines', () => {
  const scripted = [{ line: 1, tags: ['RELAY-CODE-01'], attempts: [[goodStep('RELAY-CODE-01')]] }]
  const run = runRecord(scripted)
  const verdicts = judge(messageStream(scripted), run, requirements({ id: 'RELAY-CODE-01' }))
  expect(markdownSummary(verdicts, run)).toBe(`# ✓ Conformant: relay at \`http://127.0.0.1:8080\`

The server does what its documentation says in all that was checked.

## Numbers

- 1 scenario: 1 passed
- 1 requirement: 1 verified
- 1 assertions over 1 exchanges in 9.0 s
- Touchstone 0.1.0, documented dialect, 2026-03-01T12:00:00.000Z, exit code 0
`)
})

test('a bad run lists everything, and nothing of it is markup', () => {
  const markdown = markdownSummary(sampleVerdicts(), RUN)
  expect(markdown.match(/^## .*$/gm)).toEqual([
    '## Numbers',
    '## Violated requirements',
    '## To see these again',
    '## To accept these, paste into the baseline',
    '## Known deviations',
    '## Not judged',
    '## Flaky',
    '## Skipped',
    '## Baseline',
    '## Findings',
  ])
  expect(markdown.split('## Findings')[1]).toMatch(
    /^\| RELAY-CODE-13 \| Status of .*: expected 400 or 415, got .* \| A server may answer .*\. \|$/m,
  )
  const [row = ''] = markdown.match(/^\| RELAY-MESSAGE-07.*$/m) ?? []
  expect(row.split(/(?<!\\)\|/)).toHaveLength(8)
  const outsideFences = markdown.replace(/```(?:yaml|sh)[\s\S]*?```/g, '')
  expect(outsideFences).not.toMatch(/(?<!\\)<script/)
  // eslint-disable-next-line no-control-regex -- such characters are what must not be there
  expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})

test('shows the exchange of a failure, and how to repeat it', () => {
  const [, commands = ''] =
    /^## To see these again\n\n```sh\n([^]*?)```/m.exec(markdownSummary(sampleVerdicts(), RUN)) ?? []
  expect(commands.split('\n').slice(0, 3)).toEqual([
    '# RELAY-MESSAGE-07: PUT /v1/messages/+14155550100 HTTP/1.1 → HTTP/1.1 204 No Content (3 ms)',
    expect.stringMatching(/^touchstone verify relay --url \S+ --only '.*' --seed \S+$/),
    'touchstone replay . --exchange x-2',
  ])
})

test.each(['inconclusive', 'harness-error'] as const)(
  'lists a scenario that is %s as not judged',
  (outcome) => {
    const verdicts = sampleVerdicts()
    const [scenario] = verdicts.scenarios
    const open = scenario === undefined ? [] : [{ ...scenario, outcome, name: 'the one', message: 'why' }]
    const markdown = markdownSummary({ ...verdicts, scenarios: open }, RUN)
    expect(markdown.split('## Not judged')[1]).toContain(`| the one | ${outcome} | why |`)
  },
)
