import { When } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { sealedFile } from './support/attachment-pointers.ts'
import { upload } from './support/blobs.ts'

When(
  '{party} uploads/uploaded an attachment of {int} byte(s)',
  async function (this: TouchstoneWorld, name: string, bytes: number) {
    await upload(this.relay, this.relay.party(name), { bytes: this.relay.random(bytes) })
  },
)

// One scenario: every other attachment is random bytes, which need no key.
When('{party} uploads/uploaded a sealed attachment', async function (this: TouchstoneWorld, name: string) {
  await upload(this.relay, this.relay.party(name), sealedFile(this.relay))
})
