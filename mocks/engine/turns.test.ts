import { expect, it } from 'vitest'
import { atOnce } from './turns.ts'

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

it('returns what came in this turn of the event loop and in the one before it', async () => {
  const earlier = atOnce<string>()
  const server = {}
  expect([earlier(server, 'a'), earlier(server, 'b'), earlier({}, 'c')]).toEqual([[], ['a'], []])
  await nextTurn()
  expect(earlier(server, 'd')).toEqual(['a', 'b'])
  await nextTurn()
  expect(earlier(server, 'e')).toEqual(['d'])
  await nextTurn()
  await nextTurn()
  expect(earlier(server, 'f')).toEqual([])
})
