import { Then, When } from '@cucumber/cucumber'
import { decimalId } from '#protocol/json.ts'
import { allocateAttachment, retrieveAttachment } from '#driver/relay/operations.ts'
import { readingOf } from '#driver/relay/readings.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertStatus } from '../shared/status.ts'
import { authorizedAs } from './support/authorization.ts'
import { basicRequirement } from './support/basic-requirements.ts'
import { allocate, assertBlob, assertStored, download, fateOf, isAbsolute } from './support/blobs.ts'
import { idOf, keepPlace, latest, locationOf, membersOf, upload } from './support/blobs.ts'
import { useUp } from './support/limits.ts'
import { credentials } from './support/registration.ts'
import { isOk } from './support/session.ts'

/** That a place is given out, and found again. */
const ALLOCATED = 'RELAY-ATTACHMENT-01'
const LOCATED = 'RELAY-ATTACHMENT-08'

When(
  '{party} allocates/allocated {int} attachment(s)',
  async function (this: TouchstoneWorld, name: string, count: number) {
    const party = this.relay.party(name)
    for (let made = 1; made < count; made += 1) await allocate(this.relay, party)
    const observed = await this.relay.act(allocateAttachment(credentials(party)))
    if (isOk(observed) && observed.answer !== null) keepPlace(this.relay, party, observed.answer)
  },
)

When(
  '{party} allocates an attachment with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, notation: string) {
    const party = this.relay.party(name)
    const change = authorizedAs(this.relay, party, notation)
    await this.relay.act(change(allocateAttachment(credentials(party))))
  },
)

When(
  '{party} allocates attachments until the limit is passed',
  async function (this: TouchstoneWorld, name: string) {
    const request = () => allocateAttachment(credentials(this.relay.party(name)))
    await useUp(this.relay, { limiter: 'attachments', request, passes: [200], basic: ALLOCATED })
    await this.relay.act(request())
  },
)

When(
  '{party} uploads/uploaded an attachment of {int} byte(s)',
  async function (this: TouchstoneWorld, name: string, bytes: number) {
    await upload(this.relay, this.relay.party(name), { bytes: this.relay.random(bytes) })
  },
)

When('{party} retrieves/retrieved the attachment', async function (this: TouchstoneWorld, name: string) {
  const id = idOf(this.relay, latest(this.relay))
  await this.relay.act(retrieveAttachment(credentials(this.relay.party(name)), id))
})

When(
  '{party} retrieves the attachment {string}',
  async function (this: TouchstoneWorld, name: string, id: string) {
    await this.relay.act(retrieveAttachment(credentials(this.relay.party(name)), id))
  },
)

When(
  '{party} retrieves the attachment with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, notation: string) {
    const party = this.relay.party(name)
    const request = retrieveAttachment(credentials(party), idOf(this.relay, latest(this.relay)))
    await this.relay.act(authorizedAs(this.relay, party, notation)(request))
  },
)

When(
  '{party} retrieves the attachment until the limit is passed',
  async function (this: TouchstoneWorld, name: string) {
    const id = idOf(this.relay, latest(this.relay))
    const request = () => retrieveAttachment(credentials(this.relay.party(name)), id)
    await useUp(this.relay, { limiter: 'retrievals', request, passes: [200], basic: LOCATED })
    await this.relay.act(request())
  },
)

When('{party} downloads the attachment', async function (this: TouchstoneWorld, name: string) {
  const attachment = latest(this.relay)
  await this.relay.act(await download(this.relay, this.relay.party(name), attachment))
})

Then('the answer has a member {string}', function (this: TouchstoneWorld, member: string) {
  const { answer, exchange } = this.relay.turn.observed
  const found = membersOf(answer)
  this.relay.check.that({
    thing: 'body of the answer',
    expected: `a JSON object with a member ${member}`,
    got: Object.keys(found).length === 0 ? 'no member at all' : `members ${Object.keys(found).join(', ')}`,
    holds: (found[member] ?? null) !== null,
    exchange,
  })
})

Then('the location is an absolute http or https URL', function (this: TouchstoneWorld) {
  const { request, observed } = this.relay.turn
  const { location } = membersOf(observed.answer)
  this.relay.check.that({
    requirement:
      location === undefined ? basicRequirement(request, observed.status) : this.relay.check.requirement,
    thing: 'location',
    expected: 'an absolute http or https URL',
    got: location === undefined ? 'none' : JSON.stringify(location),
    holds: typeof location === 'string' && isAbsolute(location),
    exchange: observed.exchange,
  })
})

Then('the id is decimal and fits 64 bits', function (this: TouchstoneWorld) {
  const { request, observed } = this.relay.turn
  const { id } = membersOf(observed.answer)
  const read = decimalId(id)
  const forms: readonly string[] = readingOf(this.relay.target.dialect, 'attachmentId')
  this.relay.check.that({
    requirement: id === undefined ? basicRequirement(request, observed.status) : this.relay.check.requirement,
    thing: 'id of an attachment',
    expected: `decimal digits from 1 to 2^64-1, as a JSON ${forms.join(' or ')}`,
    got: read.kind === 'id' ? `${read.value} as a JSON ${read.form}` : read.reason,
    holds: read.kind === 'id' && read.value > 0n && forms.includes(read.form),
    exchange: observed.exchange,
  })
  if (read.kind === 'id') this.relay.check.note(`the id of an attachment is a JSON ${read.form}`)
})

Then('the {int} ids and locations differ', function (this: TouchstoneWorld, count: number) {
  const { attachments, check } = this.relay
  const ids = attachments.map((attachment) => idOf(this.relay, attachment))
  const locations = attachments.map((attachment) => locationOf(this.relay, attachment))
  check.count('different ids', count, new Set(ids).size)
  check.count('different locations', count, new Set(locations).size)
})

Then('the bytes are those uploaded', function (this: TouchstoneWorld) {
  const { answer, text } = this.relay.turn.observed
  const expected = latest(this.relay).upload?.bytes
  if (expected === undefined) throw new Error('nothing was uploaded: the scenario needs an upload')
  assertBlob(this.relay, answer, { expected, got: text })
})

Then('what was uploaded can be downloaded', async function (this: TouchstoneWorld) {
  await assertStored(this.relay)
})

Then('it is noted what the location holds', async function (this: TouchstoneWorld) {
  const { text, answer } = assertStatus(this.relay, 'a status below 500', (got) => got < 500)
  const { location } = membersOf(answer)
  const fate = typeof location === 'string' ? await fateOf(this.relay, location) : null
  this.relay.check.note(`answered ${text}${fate === null ? '' : `; a download from its location ${fate}`}`)
})
