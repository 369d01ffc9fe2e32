import type { NewSubscriber } from '#driver/capabilities/subscribers.ts'
import type { NewVoicemail } from '#driver/capabilities/voicemails.ts'
import { makeAmr } from '#protocol/mstore/amr.ts'
import { PROFILE_ATTRIBUTES } from '#protocol/mstore/profile.ts'
import type { GreetingOverrides } from './greeting.ts'
import { messageForm } from './message-form.ts'

type MailboxTable = Readonly<Record<string, string>>
type NamedValue = readonly [name: string, value: string]

/** What a table says of a new mailbox: its `pin`, attributes of the profile, quotas by their names. */
export function subscriberOverrides(table: MailboxTable): NewSubscriber {
  const entries = Object.entries(table)
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

function numbers(entries: readonly NamedValue[]): Readonly<Record<string, number>> {
  return Object.fromEntries(entries.map(([name, value]) => [name, Number(value)]))
}

/** An instant that a scenario can let pass. */
const TOMORROW = 'tomorrow'
const DAY_MS = 86_400_000

const VOICEMAIL_MEMBERS: Readonly<Record<string, (value: string) => NewVoicemail>> = {
  date: (value) => ({ date: Date.parse(value) }),
  expires: (value) => ({ expires: value === TOMORROW ? Date.now() + DAY_MS : Date.parse(value) }),
  from: (value) => ({ from: value }),
  frames: (value) => ({ frames: Number(value) }),
  bytes: (value) => ({ audio: audioOf(Number(value)) }),
  flags: (value) => ({ flags: wordsOf(value) }),
}

/** What a table says of a voicemail: `date` and `expires` as instants or `tomorrow`, `from`, `frames` or `bytes`, `flags`. */
export function voicemailOverrides(table: MailboxTable): NewVoicemail {
  refuseOthers('voicemail', Object.entries(table), Object.keys(VOICEMAIL_MEMBERS))
  return Object.entries(table).reduce<NewVoicemail>(
    (overrides, [name, value]) => ({ ...overrides, ...VOICEMAIL_MEMBERS[name]?.(value) }),
    {},
  )
}

/**
 * What a table says of a greeting: `frames` or `bytes`, `flags`, `folder` (its path), how its message is written, and
 * attributes by their names.
 */
export function greetingOverrides(table: MailboxTable): GreetingOverrides {
  const { frames, bytes, flags, folder, ...others } = table
  const { form, rest } = messageForm(others)
  return {
    attributes: rest,
    form,
    ...(frames === undefined ? {} : { frames: Number(frames) }),
    ...(bytes === undefined ? {} : { audio: audioOf(Number(bytes)) }),
    ...(flags === undefined ? {} : { flags: wordsOf(flags) }),
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
function wordsOf(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '')
}

function refuseOthers(what: string, entries: readonly NamedValue[], known: readonly string[]): void {
  const other = entries.find(([name]) => !known.includes(name))
  if (other !== undefined) throw new Error(`${what}: expected ${known.join(', ')}; got "${other[0]}"`)
}
