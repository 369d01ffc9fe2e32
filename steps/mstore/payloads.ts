import { When } from '@cucumber/cucumber'
import { getPayload } from '#driver/mstore/operations.ts'
import type { TouchstoneWorld } from '../world.ts'
import { readObject } from './objects.ts'
import type { ObjectReference } from './parameter-types.ts'

When(
  '{party} downloads/downloaded {mailObject}',
  async function (this: TouchstoneWorld, name: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { payloadPart } = await readObject(this.mstore, mailbox, reference)
    const payload = getPayload(payloadPart.href, this.mstore.origin)
    this.mstore.check.that({
      requirement: 'MSTORE-OBJECT-33',
      thing: 'href of the audio',
      expected: 'a URL of a mailbox',
      got: payloadPart.href,
      holds: payload.kind === 'request',
    })
    if (payload.kind === 'request') await this.mstore.act(payload.request, { mailbox })
  },
)
