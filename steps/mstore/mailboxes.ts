import { Given, Then } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import type { NewSubscriber } from '#driver/capabilities/subscribers.ts'
import type { NewVoicemail } from '#driver/capabilities/voicemails.ts'
import { makeAmr } from '#protocol/mstore/amr.ts'
import { PROFILE_ATTRIBUTES } from '#protocol/mstore/profile.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import type { GreetingWishes } from './support/greetings.ts'
import { newGreeting, putGreeting } from './support/greetings.ts'
import type { Mailbox } from './support/mailbox.ts'
import type { MStoreSession } from './support/session.ts'
import { objectOf } from './support/lookup.ts'
import type { MailboxPart } from './support/mailbox-parts.ts'
import type { ObjectReference } from './support/parameter-types.ts'
import type { Snapshot } from './support/snapshot.ts'
import { differences, takeSnapshot } from './support/snapshot.ts'
import { messageForm } from './support/upload-messages.ts'
import { leaveVoicemail } from './support/voicemails.ts'

Given('{party} has a mailbox', async function (this: TouchstoneWorld, name: string) {
  await this.mstore.mailbox(name)
})

Given('{party} has a mailbox with:', async function (this: TouchstoneWorld, name: string, table: DataTable) {
  await this.mstore.mailbox(name, subscriberWishes(table.rowsHash()))
})

Given('{party} has {int} voicemail(s)', async function (this: TouchstoneWorld, name: string, count: number) {
  const mailbox = await this.mstore.mailbox(name)
  for (let left = 0; left < count; left += 1) await leaveVoicemail(this.mstore, mailbox)
})

Given(
  '{party} has a voicemail with:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    await leaveVoicemail(this.mstore, await this.mstore.mailbox(name), voicemailWishes(table.rowsHash()))
  },
)

Given(
  '{party} has a/the greeting {string}',
  async function (this: TouchstoneWorld, name: string, label: string) {
    await putGreeting(this.mstore, await this.mstore.mailbox(name), newGreeting(this.mstore, label))
  },
)

Given(
  '{party} has a/the greeting {string} with:',
  async function (this: TouchstoneWorld, name: string, label: string, table: DataTable) {
    const greeting = newGreeting(this.mstore, label, greetingWishes(table.rowsHash()))
    await putGreeting(this.mstore, await this.mstore.mailbox(name), greeting)
  },
)

Given(
  '{int} {word} have passed for {party}',
  async function (this: TouchstoneWorld, count: number, unit: string, name: string) {
    const { subscriber } = await this.mstore.mailbox(name)
    await this.mstore.node.capabilities.subscribers.advance(subscriber, count * unitMs(unit))
  },
)

Given(
  "{party}'s {mailboxPart} is/are known",
  async function (this: TouchstoneWorld, name: string, part: MailboxPart) {
    const mailbox = await this.mstore.mailbox(name)
    mailbox.snapshots.set(part, await takeSnapshot(this.mstore, mailbox, part))
  },
)

Then(
  "{party}'s {mailboxPart} is/are as before",
  async function (this: TouchstoneWorld, name: string, part: MailboxPart) {
    await assertUnchanged(this.mstore, await this.mstore.mailbox(name), { part, but: new Map() })
  },
)

Then(
  "{party}'s {mailboxPart} is/are as before but for:",
  async function (this: TouchstoneWorld, name: string, part: MailboxPart, table: DataTable) {
    const but = new Map(Object.entries(table.rowsHash()))
    await assertUnchanged(this.mstore, await this.mstore.mailbox(name), { part, but })
  },
)

Then(
  "{party}'s {mailboxPart} is/are as before apart from {mailObjects}",
  async function (
    this: TouchstoneWorld,
    name: string,
    part: MailboxPart,
    references: readonly ObjectReference[],
  ) {
    const mailbox = await this.mstore.mailbox(name)
    const paths = references.map((reference) => objectOf(mailbox, reference).objectPath)
    await assertUnchanged(this.mstore, mailbox, { part, but: linesAbout(mailbox, part, paths) })
  },
)

/** The lines about some objects, and the counts of what the folders hold. */
function linesAbout(mailbox: Mailbox, part: MailboxPart, paths: readonly string[]): Snapshot {
  const counts = [...(mailbox.snapshots.get(part)?.keys() ?? [])].filter((line) => /Occupied/.test(line))
  const objects = ['voicemails', 'greetings'].flatMap((folder) =>
    paths.flatMap((path) => [`${folder} ${path}`, `${folder} ${path} flags`]),
  )
  return new Map([...counts, ...objects].map((line) => [line, 'anything']))
}

interface Unchanged {
  readonly part: MailboxPart
  /** The lines that may have changed, and what they must then be. */
  readonly but: Snapshot
}

async function assertUnchanged(
  session: MStoreSession,
  mailbox: Mailbox,
  { part, but }: Unchanged,
): Promise<void> {
  const before = mailbox.snapshots.get(part)
  if (before === undefined) throw new Error(`"${mailbox.name}'s ${part} is known" must stand before`)
  const changes = differences(before, await takeSnapshot(session, mailbox, part), but)
  const expected = but.size === 0 ? 'as before' : `as before but for ${[...but.keys()].join(', ')}`
  session.check.that({
    thing: `${mailbox.name}'s ${part}`,
    expected,
    got: changes.length === 0 ? expected : changes.join('; '),
    holds: changes.length === 0,
  })
}

const UNITS_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
}

function unitMs(unit: string): number {
  const ms = UNITS_MS[unit.replace(/s$/, '')]
  if (ms === undefined) throw new Error(`expected ${Object.keys(UNITS_MS).join('s, ')}s; got "${unit}"`)
  return ms
}

type Row = readonly [name: string, value: string]

/** What a scenario says of a new mailbox: its `pin`, attributes of the profile, quotas by their names. */
function subscriberWishes(rows: Readonly<Record<string, string>>): NewSubscriber {
  const entries = Object.entries(rows)
  const profile = entries.filter(([name]) => PROFILE_ATTRIBUTES.some((known) => known.name === name))
  const quotas = entries.filter(([name]) => /Quota$|^TotalStorage$/.test(name))
  const rest = entries.filter((entry) => !profile.includes(entry) && !quotas.includes(entry))
  refuseOthers('mailbox', rest, ['pin', 'msisdn'])
  return {
    ...Object.fromEntries(rest),
    ...(profile.length === 0 ? {} : { profile: Object.fromEntries(profile) }),
    ...(quotas.length === 0 ? {} : { quotas: numbers(quotas) }),
  }
}

function numbers(rows: readonly Row[]): Readonly<Record<string, number>> {
  return Object.fromEntries(rows.map(([name, value]) => [name, Number(value)]))
}

/** What a scenario says of a voicemail: `date` and `expires` as instants, `from`, `frames` or `bytes`, `flags`. */
function voicemailWishes(rows: Readonly<Record<string, string>>): NewVoicemail {
  refuseOthers('voicemail', Object.entries(rows), ['date', 'expires', 'from', 'frames', 'bytes', 'flags'])
  const { date, expires, from, frames, bytes, flags } = rows
  return {
    ...(date === undefined ? {} : { date: Date.parse(date) }),
    ...(expires === undefined ? {} : { expires: Date.parse(expires) }),
    ...(from === undefined ? {} : { from }),
    ...(frames === undefined ? {} : { frames: Number(frames) }),
    ...(bytes === undefined ? {} : { audio: audioOf(Number(bytes)) }),
    ...(flags === undefined ? {} : { flags: listOf(flags) }),
  }
}

/**
 * What a scenario says of a greeting: `frames` or `bytes`, `flags`, `folder` (its path), how its message is written,
 * and attributes by their names.
 */
export function greetingWishes(rows: Readonly<Record<string, string>>): GreetingWishes {
  const { frames, bytes, flags, folder, ...others } = rows
  const { form, rest } = messageForm(others)
  return {
    attributes: rest,
    form,
    ...(frames === undefined ? {} : { frames: Number(frames) }),
    ...(bytes === undefined ? {} : { audio: audioOf(Number(bytes)) }),
    ...(flags === undefined ? {} : { flags: listOf(flags) }),
    ...(folder === undefined ? {} : { parentFolderPath: folder }),
  }
}

const MAGIC_BYTES = 6
/** A frame of mode 7, and one without speech (3GPP TS 26.101). */
const LONG = { mode: 7, bytes: 32 }
const SHORT = { mode: 15, bytes: 1 }

/** An AMR file of exactly so many bytes, 6 at least. */
function audioOf(bytes: number): Uint8Array {
  const long = Math.floor((bytes - MAGIC_BYTES) / LONG.bytes)
  const short = bytes - MAGIC_BYTES - long * LONG.bytes
  return makeAmr(long + short, [
    ...Array<number>(long).fill(LONG.mode),
    ...Array<number>(short).fill(SHORT.mode),
  ])
}

/** Words with blanks between them: flags have none in them. */
export function listOf(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '')
}

function refuseOthers(what: string, rows: readonly Row[], known: readonly string[]): void {
  const other = rows.find(([name]) => !known.includes(name))
  if (other !== undefined) throw new Error(`${what}: expected ${known.join(', ')}; got "${other[0]}"`)
}
