import { Given, When } from '@cucumber/cucumber'
import { basic } from '#driver/relay/operations.ts'
import { withHeader } from '#driver/wire-request.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { authorizedAs } from './authorization.ts'
import { operationNamed } from './operations.ts'
import { credentials } from './registration.ts'

Given(
  '{party} is ready to {string}',
  async function (this: TouchstoneWorld, name: string, operation: string) {
    await operationNamed(operation).prepare(this.relay, this.relay.party(name))
  },
)

Given(
  'the second device of {party} can {string}',
  async function (this: TouchstoneWorld, name: string, operation: string) {
    const request = operationNamed(operation).request(this.relay, this.relay.party(name))
    const own = basic(credentials(this.relay.party(name), 2))
    await this.relay.succeed(withHeader(request, 'Authorization', own), { requirement: 'RELAY-AUTH-01' })
  },
)

When(
  '{party} tries to {string} with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, operation: string, notation: string) {
    const party = this.relay.party(name)
    const request = operationNamed(operation).request(this.relay, party)
    await this.relay.act(authorizedAs(this.relay, party, notation)(request))
  },
)

When(
  '{party} tries to {string} with the password of {party}',
  async function (this: TouchstoneWorld, name: string, operation: string, other: string) {
    const party = this.relay.party(name)
    const { password } = this.relay.party(other).device()
    const { username } = credentials(party)
    const request = operationNamed(operation).request(this.relay, party)
    await this.relay.act(withHeader(request, 'Authorization', basic({ username, password })))
  },
)
