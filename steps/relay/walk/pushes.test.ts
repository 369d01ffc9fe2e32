import { describe, expect, it } from 'vitest'
import type { Push } from '#driver/capabilities/pushes.ts'
import { Secrets } from '#driver/secrets.ts'
import { TARGET_DEFAULTS } from '#driver/target-defaults.ts'
import type { RelayNode } from '../support/node.ts'
import { allPushed } from './pushes.ts'
import { RelayWalkParty } from './walk-party.ts'

const PUSH: Push = { number: '', device: 1, channel: 'gcm', to: 'id', notification: '', at: 0 }

/** A party of whose messages so many were pushed, and for how many of them it was waited. */
function partyWith(pushed: number, { isFixed = false } = {}) {
  const waits: number[] = []
  const received = (_: unknown, atLeast: number): Promise<readonly Push[]> => {
    waits.push(atLeast)
    return Promise.resolve(Array.from({ length: pushed }, () => PUSH))
  }
  const pushes = isFixed ? { kind: 'fixed', value: '' } : { kind: 'mock-control' }
  const node = {
    target: { ...TARGET_DEFAULTS.relay, capabilities: { pushes } },
    secrets: new Secrets(),
    capabilities: { pushes: { received } },
  } as unknown as RelayNode
  const party = new RelayWalkParty('Bob', '+14155550123', { node, random: (bytes) => new Uint8Array(bytes) })
  return { party, waits }
}

describe('what was accepted for a party', () => {
  it('is waited for before its devices change, and not a second time', async () => {
    const { party, waits } = partyWith(2)
    await allPushed(party)
    party.acceptedCount += 3
    await allPushed(party)
    await allPushed(party)
    party.acceptedCount += 1
    await allPushed(party)
    expect(waits).toEqual([3, 3])
  })

  it('is not waited for where pushes cannot be seen', async () => {
    const { party, waits } = partyWith(0, { isFixed: true })
    party.acceptedCount += 1
    await allPushed(party)
    expect(waits).toEqual([])
  })
})
