import { Given, When } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../world.ts'
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
    const { username, password } = credentials(this.relay.party(name), 2)
    const own = authorizedAs(this.relay, this.relay.party(name), `Basic [${username}:${password}]`)
    await this.relay.succeed(own(request), { requirement: 'RELAY-AUTH-01' })
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
    await this.relay.act(authorizedAs(this.relay, party, `Basic [${username}:${password}]`)(request))
  },
)
