import { BeforeAll, Then } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertChallenged, assertChallengedAs } from './support/challenge.ts'
import { forgetAcceptedMistakes } from './support/accepted-instead.ts'

BeforeAll(forgetAcceptedMistakes)

Then('the server challenges it', function (this: TouchstoneWorld) {
  assertChallenged(this.mstore)
})

/** The label names an outcome that one of the dialects does not expect to be challenged. */
Then('the server challenges it {string}', function (this: TouchstoneWorld, label: string) {
  assertChallengedAs(this.mstore, label)
})
