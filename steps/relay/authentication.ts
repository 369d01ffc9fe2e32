import { Given } from '@cucumber/cucumber'
import { basic } from '#driver/relay/operations.ts'
import { withHeader } from '#driver/wire-request.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { operationNamed } from './support/operations.ts'
import { credentials } from './support/registration.ts'

Given(
  'the second device of {party} can {string}',
  async function (this: TouchstoneWorld, name: string, operation: string) {
    const request = operationNamed(operation).request(this.relay, this.relay.party(name))
    const own = basic(credentials(this.relay.party(name), 2))
    await this.relay.succeed(withHeader(request, 'Authorization', own), { requirement: 'RELAY-AUTH-01' })
  },
)
