import { booleanOf, type Attributes } from '#protocol/mstore/attributes.ts'
import {
  PROFILE_ATTRIBUTES,
  profileBody,
  readProfile,
  sampleProfile,
  type ProfileAttribute,
} from '#protocol/mstore/profile.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { World } from '#mocks/engine/world.ts'
import { isActive } from './activation.ts'
import { jsonBody, type JsonBodyRules } from './bodies.ts'
import type { MStoreStateChange } from './changes.ts'
import type { StoredMailbox, StoredSubscriber } from './mailbox.ts'
import { decided, type MStoreContent } from './decisions.ts'
import { decidePinChange, type PinRules } from './pin.ts'
import type { AuthorizedRequest } from './scene.ts'
import { shuffled } from './shuffle.ts'

/** How the profile is shown and changed. */
export interface ProfileRules {
  /** The attributes that GET shows. */
  readonly shown: (subscriber: StoredSubscriber) => Attributes
  readonly order: (values: Attributes, world: World) => Attributes
  readonly body: (values: Attributes) => Json
  /** The profile that a GET leaves behind. */
  readonly afterRead: (profile: Attributes) => Attributes
  /** The profile that a PUT of `sent` leaves behind. */
  readonly written: (profile: Attributes, sent: Attributes) => Attributes
  /** Why what was sent is malformed; null where it is not. */
  readonly misfit: (sent: Attributes) => string | null
  /** Whether `vvmon` may be set to false. */
  readonly mayDeactivate: boolean
  /** What a PUT changes besides the profile. */
  readonly alsoChanged: (mailbox: StoredMailbox) => readonly MStoreStateChange[]
  /** What a PUT that was done carries. */
  readonly writtenContent: (subscriber: StoredSubscriber, body: (values: Attributes) => Json) => MStoreContent
}

const byName: ReadonlyMap<string, ProfileAttribute> = new Map(
  PROFILE_ATTRIBUTES.map((attribute) => [attribute.name, attribute]),
)

/** How the mStore spec shows and changes the profile (`/vvmserviceProfile`). */
export const documentedProfile: ProfileRules = {
  // MSTORE-PROFILE-03 to MSTORE-PROFILE-14
  shown: ({ profile }) => profile,
  // The mStore spec gives no order
  order: (values, world) => new Map(shuffled(values, world)),
  // MSTORE-PROFILE-01, MSTORE-PROFILE-02
  body: (values) => profileBody(values) as unknown as Json,
  // MSTORE-PROFILE-28
  afterRead: (profile) => profile,
  // MSTORE-PROFILE-17 to MSTORE-PROFILE-22, MSTORE-PROFILE-26
  written: (profile, sent) => new Map([...profile, ...[...sent].filter(([name]) => isWritable(name))]),
  misfit,
  // MSTORE-PROFILE-20, E-12
  mayDeactivate: true,
  // MSTORE-PROFILE-27
  alsoChanged: () => [],
  // MSTORE-PROFILE-24
  writtenContent: () => ({ kind: 'none' }),
}

/** The profile that a new subscriber has: that of the mStore spec. */
export const newProfile = sampleProfile

/** Answers GET (mStore spec, vvmserviceProfile). */
export function decideProfileRead({
  mailbox: { subscriber },
  rulebook,
  world,
}: AuthorizedRequest<{ profile: ProfileRules }>) {
  const rules = rulebook.profile
  const { msisdn, profile } = subscriber
  const value = rules.body(rules.order(rules.shown(subscriber), world))
  const after = rules.afterRead(profile)
  return decided('read-profile', 'read', {
    content: { kind: 'json', value },
    changes: after === profile ? [] : [{ kind: 'profile-stored', msisdn, profile: after } as const],
  })
}

/** Answers PUT, which changes settings, or the PIN where one is sent (mStore spec, vvmserviceProfile). */
export function decideProfileWrite(
  authorized: AuthorizedRequest<{ bodies: JsonBodyRules; profile: ProfileRules; pin: PinRules }>,
) {
  const read = jsonBody(authorized, 'profile-update')
  if (read.kind === 'malformed') return refused('malformed', read.reason)
  const sent = readProfile(read.value)
  if (sent.kind === 'parse-error') return refused('malformed', sent.reason)
  if (authorized.rulebook.pin.isChange(sent.values)) return decidePinChange(sent.values, authorized)
  const misfit = authorized.rulebook.profile.misfit(sent.values)
  return misfit === null ? store(sent.values, authorized) : refused('malformed', misfit)
}

function store(sent: Attributes, { mailbox, rulebook }: AuthorizedRequest<{ profile: ProfileRules }>) {
  const { subscriber } = mailbox
  const rules = rulebook.profile
  const profile = rules.written(subscriber.profile, sent)
  if (!isActive(profile) && isActive(subscriber.profile) && !rules.mayDeactivate) {
    return refused('refused-deactivation', 'vvmon: expected to stay true')
  }
  const change: MStoreStateChange = { kind: 'profile-stored', msisdn: subscriber.msisdn, profile }
  const content = rules.writtenContent({ ...subscriber, profile }, rules.body)
  return decided('write-profile', 'written', {
    content,
    changes: [change, ...rules.alsoChanged(mailbox)],
    notes: [`attributes ${[...sent.keys()].join(', ')}`],
  })
}

function isWritable(name: string): boolean {
  const access = byName.get(name)?.access
  return access === 'in,out' || access === 'in,out?'
}

function misfit(sent: Attributes): string | null {
  const wrong = [...sent].find(
    ([name, value]) => byName.get(name)?.type === 'boolean' && booleanOf(value) === null,
  )
  return wrong === undefined ? null : `${wrong[0]}: expected true or false, got other text`
}

function refused<const Kind>(kind: Kind, note: string) {
  return decided('write-profile', kind, { notes: [note] })
}
