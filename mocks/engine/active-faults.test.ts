import { describe, expect, it } from 'vitest'
import { ActiveFaults, type Fault } from './active-faults.ts'

interface Rules {
  readonly status: number
}

const fault = (id: string): Fault<Rules> => ({ id, requirement: 'R', summary: id, patch: { status: 500 } })
const faults = () => new ActiveFaults<Rules>([fault('one'), fault('two')])
const ids = (active: ActiveFaults<Rules>, ...numbers: readonly string[]) =>
  active.take(() => numbers).map(({ id }) => id)

describe('faults at work', () => {
  it('are none at first, and none that is unknown', () => {
    const active = faults()
    expect(ids(active, '+1')).toEqual([])
    expect(active.activate('three', { next: null, number: null })).toBe(false)
    expect(active.list().map(({ active: how }) => how)).toEqual([null, null])
  })

  it('are at work for everybody until they are ended', () => {
    const active = faults()
    expect(active.activate('one', { next: null, number: null })).toBe(true)
    active.activate('two', { next: null, number: null })
    expect(ids(active)).toEqual(['one', 'two'])
    active.deactivate('one')
    expect(ids(active)).toEqual(['two'])
    active.deactivate()
    expect(ids(active)).toEqual([])
  })

  it('are at work for the next requests and no more', () => {
    const active = faults()
    active.activate('one', { next: 2, number: null })
    expect(active.list()[0]?.active).toEqual({ next: 2, number: null })
    expect([ids(active), ids(active), ids(active)]).toEqual([['one'], ['one'], []])
    expect(active.list()[0]?.active).toBeNull()
  })

  it('are at work for one number alone', () => {
    const active = faults()
    active.activate('one', { next: 1, number: '+1' })
    active.activate('one', { next: null, number: '+3' })
    expect([ids(active, '+2'), ids(active, '+2', '+1'), ids(active, '+1'), ids(active, '+3')]).toEqual([
      [],
      ['one'],
      [],
      ['one'],
    ])
  })
})
