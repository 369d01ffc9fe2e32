import { Given } from '@cucumber/cucumber'
import { namedEntry } from '../shared/support/named-entry.ts'
import type { TouchstoneWorld } from '../shared/world.ts'

const UNITS_MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** Moves the server's clock, for everything that the mailbox holds and for its credentials. */
Given(
  '{int} {word} have passed for {party}',
  async function (this: TouchstoneWorld, count: number, unit: string, name: string) {
    const { subscriber } = await this.mstore.mailbox(name)
    const ms = count * namedEntry('unit', UNITS_MS, unit.replace(/s$/, ''))
    await this.mstore.node.capabilities.subscribers.advance(subscriber, ms)
  },
)
