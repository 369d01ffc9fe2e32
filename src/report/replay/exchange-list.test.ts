import { expect, test } from 'vitest'
import { badStep, exchange, goodStep } from '../../../tests/golden/message-stream.ts'
import { namedRun } from '../../../tests/golden/named-run.ts'
import { exchangeList } from './exchange-list.ts'

const ID = 'RELAY-MESSAGE-01'

test('the exchanges stand below their scenario, the one that failed with a mark', () => {
  const before = { evidence: { exchanges: [exchange({ id: 'exchange-7' })] } }
  const { verdicts } = namedRun('a', [
    { line: 1, name: 'is fine', tags: [ID], attempts: [[goodStep(ID)]] },
    { line: 2, name: 'is not', tags: [ID], attempts: [[before, badStep(ID)]] },
  ])
  const line = 'PUT /v1/messages/B HTTP/1.1 → HTTP/1.1 204 No Content (3 ms)'
  expect(exchangeList(verdicts.scenarios, false)).toBe(
    `✗ is not\n     7   ${line}\n   x-1 ✗ ${line}\nSend one again with --exchange N.\n`,
  )
  expect(exchangeList(verdicts.scenarios, true)).toMatch(/^✓ is fine\n {3}x-1 {3}PUT .*\n✗ is not\n/)
})
