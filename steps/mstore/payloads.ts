import { Then, When } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { AUDIO_PART, downloadOf } from './support/downloads.ts'
import type { ObjectReference } from './support/object-references.ts'
import { judgeAudio } from './support/audio.ts'

When(
  '{party} downloads/downloaded {mailObject}',
  async function (this: TouchstoneWorld, name: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const request = await downloadOf(this.mstore, [mailbox, reference], AUDIO_PART)
    await this.mstore.act(request, mailbox)
  },
)

/** The `payloadURL` of an object, or `another part` beside its audio. */
When(
  '{party} downloads {string} of {mailObject}',
  async function (this: TouchstoneWorld, name: string, part: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const request = await downloadOf(this.mstore, [mailbox, reference], part)
    await this.mstore.act(request, mailbox)
  },
)

Then(
  'the {word} of the download is/are that/those of {mailObject}',
  async function (this: TouchstoneWorld, side: string, reference: ObjectReference) {
    await judgeAudio(this.mstore, side, reference)
  },
)
