import { expect, it } from 'vitest'
import { MailboxTrial, objectUrl } from '../../tests/mstore-trial.ts'
import { CHOICE_VARIANTS } from './choices.variants.ts'

it('gives no number of a deleted object again where numbers have no order', () => {
  const variant = CHOICE_VARIANTS.find(({ id }) => id === 'MSTORE-UPLOAD-40/numbers-without-order')
  const trial = new MailboxTrial(variant?.patch)
  const numbers = Array.from({ length: 20 }, () => {
    const greeting = trial.greeting()
    trial.bulkDelete([objectUrl(greeting)])
    return greeting.number
  })
  expect(trial.objects('greetings')).toEqual([])
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers).not.toEqual(numbers.toSorted((one, other) => one - other))
})
