import { expect, test } from 'vitest'
import { assertion, exchange } from '../../../tests/golden/message-stream.ts'
import { namedRun } from '../../../tests/golden/named-run.ts'
import { exchangeNumbered, recordedExchanges, scenariosNamed } from './recorded-exchanges.ts'

const ID = 'RELAY-MESSAGE-01'
const step = (id: string) => ({
  evidence: { exchanges: [exchange({ id })], assertions: [assertion(ID, { exchange: id })] },
})
const { scenarios } = namedRun('a', [
  { line: 1, name: 'one', tags: [ID], attempts: [[step('exchange-1'), step('exchange-2-7')]] },
  { line: 9, name: 'two', tags: [ID], attempts: [[step('exchange-1')]] },
]).verdicts
const all = recordedExchanges(scenarios)

test.each(['2-7', 'exchange-2-7'])('an exchange is found by its number %s', (number) => {
  expect(exchangeNumbered(all, number)).toMatchObject({
    exchange: { id: 'exchange-2-7' },
    scenario: { name: 'one' },
  })
})

test('a number that none has, or several, is a usage error that says what to do', () => {
  expect(() => exchangeNumbered(all, '9')).toThrow('--exchange 9: expected the number of one of 3 exchanges')
  expect(() => exchangeNumbered(all, '1')).toThrow(
    '--exchange 1: 2 exchanges have this number; name the scenario too, such as --scenario features/relay/messages.feature:1',
  )
})

test.each(['two', 'features/relay/messages.feature:9'])('a scenario is found by %s', (name) => {
  const named = scenariosNamed(scenarios, name)
  expect(named.map(({ line }) => line)).toEqual([9])
  expect(exchangeNumbered(recordedExchanges(named), '1').scenario.name).toBe('two')
})

test('a name of no scenario is a usage error', () => {
  expect(() => scenariosNamed(scenarios, 'three')).toThrow('--scenario "three": expected the name')
  expect(scenariosNamed(scenarios, undefined)).toBe(scenarios)
})
