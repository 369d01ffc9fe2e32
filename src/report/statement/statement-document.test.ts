import { expect, test } from 'vitest'
import { goodStep, messageStream, runRecord } from '../../../tests/golden/message-stream.ts'
import { loadRegister } from '#protocol/register.ts'
import { judge } from '#verdict/judge.ts'
import { statementDocument } from './statement-document.ts'

const CHOSEN = 'RELAY-CODE-01'
const OTHER = 'RELAY-CODE-02'

test('what the run was not to look at is one row of what is lacking', () => {
  const scenarios = [
    { line: 1, tags: [CHOSEN], attempts: [[goodStep(CHOSEN)]] },
    { line: 2, tags: [OTHER] },
  ]
  const run = runRecord(scenarios.slice(0, 1))
  const verdicts = judge(messageStream(scenarios), run, loadRegister('relay').requirements)
  const { sections } = statementDocument({ run, verdicts, claimed: 'full', record: {} })
  const rows = sections.find(({ title }) => title === 'What relay full lacks')?.table?.rows ?? []
  expect(rows.at(-1)).toEqual(['1 requirement', 'not verified', 'Not selected for this run.'])
  expect(rows.flat()).not.toContain(`${OTHER} (MUST)`)
  expect(rows.slice(0, -1).map(([, , why]) => why)).toContain('No scenario is about it.')
  expect(rows.flat().filter((text) => /^(not-selected|no-scenario|\w+:\S)/.test(text))).toEqual([])
})
