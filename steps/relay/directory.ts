import { Given, When } from '@cucumber/cucumber'
import { queryDirectory } from '#driver/relay/operations.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { tokensOf } from './support/contacts.ts'
import type { ContactReference } from './support/parameter-types.ts'
import { credentials } from './support/registration.ts'

Given('the token of {party} has a "+" and a "\\/"', function (this: TouchstoneWorld, name: string) {
  this.relay.numbered(name, (number) => /\+.*\/|\/.*\+/.test(directoryToken(number)))
})

When(
  '{party} looks/looked up {contacts}',
  async function (this: TouchstoneWorld, from: string, contacts: readonly ContactReference[]) {
    const tokens = contacts.flatMap((contact) => tokensOf(this.relay, contact))
    await this.relay.act(queryDirectory(credentials(this.relay.party(from)), tokens))
  },
)
