import { expect, it } from 'vitest'
import type { WireResult } from '#driver/wire-client.ts'
import { observe } from './session.ts'

const UNREACHABLE = {
  kind: 'failed',
  failure: { kind: 'unreachable', detail: 'refused' },
  exchange: { id: '1' },
} as unknown as WireResult

const observing = (isGiven: boolean, isAlive: boolean) =>
  observe(UNREACHABLE, () => Promise.resolve(isAlive), isGiven)

it('takes a place that cannot be reached for an observation where a server gave it out that still answers', async () => {
  expect(await observing(true, true)).toMatchObject({ status: null, exchange: '1' })
  await expect(observing(true, false)).rejects.toThrow('unreachable: refused')
  await expect(observing(false, true)).rejects.toThrow('unreachable: refused')
})
