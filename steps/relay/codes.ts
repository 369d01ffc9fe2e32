import { Given, Then, When } from '@cucumber/cucumber'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertDigits, codeRequest, codesSent } from './support/code-requests.ts'
import { assertLetThrough, letRefill } from './support/limit-refills.ts'
import { limitedBy, limiterNamed, exceed, useUp } from './support/limits.ts'
import { perform } from './support/operation.ts'
import { operationNamed } from './support/operations.ts'

/** A target need not have every limiter: what it does not declare is not asked of it (E-41, E-46). */
Given('the relay has a {string} limit', async function (this: TouchstoneWorld, name: string) {
  try {
    await this.relay.home.capabilities.limits.limit(limiterNamed(name))
  } catch (error) {
    if (!(error instanceof MissingCapability)) throw error
    this.recorder.skip({ code: error.code, name: error.capability, enable: error.enable })
    return 'skipped'
  }
  return undefined
})

Given(
  '{party} has used up the {string} limit( towards Bob)',
  async function (this: TouchstoneWorld, name: string, limiter: string) {
    const operation = operationNamed(limitedBy(limiterNamed(limiter)))
    await useUp(this.relay, { operation, party: this.relay.party(name) })
  },
)

/** `once`, or for as long as would give back twice what it lets through; the end of a window is a refill. */
Given(
  'the {string} limit has refilled {string} for {party}',
  async function (this: TouchstoneWorld, limiter: string, often: string, name: string) {
    await letRefill(this.relay, { limiter: limiterNamed(limiter), party: this.relay.party(name) }, often)
  },
)

/** As often as one refill gives back, or as often as at first, and then no more. */
Then(
  'the {string} limit lets {party} through {string} and no more',
  async function (this: TouchstoneWorld, limiter: string, name: string, often: string) {
    const operation = operationNamed(limitedBy(limiterNamed(limiter)))
    await assertLetThrough(this.relay, { operation, party: this.relay.party(name) }, often)
  },
)

When(
  '{party} asks/asked for a code by {string}',
  async function (this: TouchstoneWorld, name: string, transport: string) {
    await perform(this.relay, codeRequest(this.relay, this.relay.party(name), transport))
  },
)

/** As often as the limit lets it through, and once more. */
When(
  '{party} tries to {string} until the limit is passed',
  async function (this: TouchstoneWorld, name: string, operation: string) {
    const limited = { operation: operationNamed(operation), party: this.relay.party(name) }
    await exceed(this.relay, limited, () => this.relay.attempt(name, operation))
  },
)

Then(
  '{party} was sent a code for each request that was granted and no other',
  async function (this: TouchstoneWorld, name: string) {
    const party = this.relay.party(name)
    const codes = await codesSent(party)
    this.relay.check.count(`codes sent to ${name}`, party.codesGranted, codes.length)
  },
)

Then(
  '{party} was sent decimal digits by {string}',
  async function (this: TouchstoneWorld, name: string, transport: string) {
    await assertDigits(this.relay, this.relay.party(name), transport)
  },
)
