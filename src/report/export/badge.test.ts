import { expect, test } from 'vitest'
import { create } from 'xmlbuilder2'
import { namedRun } from '../../../tests/golden/named-run.ts'
import { badStep, goodStep } from '../../../tests/golden/message-stream.ts'
import { badge } from './badge.ts'

const ID = 'RELAY-MESSAGE-01'

test.each([
  [goodStep(ID), 'relay conformance: conformant in 1 of 3 requirements that could be checked', '#156b2c'],
  [badStep(ID), 'relay conformance: non-conformant (1 violated)', '#b3161b'],
])('a badge says the verdict and what it rests on', (step, said, fill) => {
  const { verdicts, run } = namedRun('a', [{ line: 1, tags: [ID], attempts: [[step]] }])
  const svg = badge(verdicts, run)
  expect(svg).toContain(`<title>${said}</title>`)
  expect(svg).toContain(fill)
  expect(create(svg).root().toString()).toContain('<svg')
})
