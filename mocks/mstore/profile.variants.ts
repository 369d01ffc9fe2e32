import { booleanOf, type Attributes } from '#protocol/mstore/attributes.ts'
import { PROFILE_ATTRIBUTES, profileBody } from '#protocol/mstore/profile.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { isActive } from './activation.ts'
import { settledOf } from './also-changing.ts'
import { decided } from './decisions.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { profile } = documented

/** Right otherwise in showing and changing the profile. */
export const PROFILE_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-PROFILE-02/shows-json-booleans',
    summary: 'a boolean is shown as JSON has it',
    open: 'a value is what it says, whether as text or as a boolean',
    dialects: ['documented'],
    patch: { profile: { body: (values) => shown(values, (value) => booleanOf(value) ?? value) } },
    areas: ['MSTORE-PIN'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-PROFILE-12/shows-capitals',
    summary: 'every boolean is shown in capitals',
    open: 'some boolean values are camelcased',
    patch: {
      profile: {
        body: (values) => shown(values, (value) => (booleanOf(value) === null ? value : value.toUpperCase())),
      },
    },
    areas: ['MSTORE-PIN'],
  }),
  variant({
    id: 'MSTORE-PROFILE-25/shows-more',
    summary: 'there are attributes and members that the specification does not know',
    open: 'nothing is said of further ones',
    patch: {
      profile: {
        shown: (subscriber) => new Map([...profile.shown(subscriber), ['x-plan', 'blue'], ['y2k', 'false']]),
        order: (values) => new Map([...values].toReversed()),
        body: (values) => ({ _links: [], 'x-null': null, ...enveloped(values) }),
      },
    },
    areas: ['MSTORE-ERROR'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-PROFILE-24/answers-with-the-profile',
    summary: 'a PUT is answered with the profile',
    open: 'nothing is said of a body; no client reads one (E-27)',
    patch: {
      profile: {
        writtenContent: (subscriber, body) => ({ kind: 'json', value: body(subscriber.profile) }),
      },
    },
    areas: ['MSTORE-PIN'],
  }),
  variant({
    id: 'MSTORE-PROFILE-16/answers-204',
    summary: 'a change of the profile, and of the PIN, answers 204',
    open: 'no status is listed for success (E-27)',
    patch: { status: { 'write-profile': { written: 204 }, 'change-pin': { changed: 204 } } },
    areas: ['MSTORE-PIN', 'MSTORE-AUTH', 'MSTORE-ERROR'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-PROFILE-16/takes-the-case-that-is-shown',
    summary: 'nut and vvmon are written in small letters alone, and refused otherwise',
    open: 'the specification prints them in small letters, and others with a capital',
    patch: { profile: { misfit: (sent) => inOtherCase(sent) ?? profile.misfit(sent) } },
    areas: ['MSTORE-PIN'],
  }),
  variant({
    id: 'MSTORE-PROFILE-20/serves-nothing-while-off',
    summary: 'while visual voicemail is off all but the profile is refused',
    open: '"Whether visual voicemail is enabled": nothing says what is served where it is not',
    patch: {
      consequences: {
        settled: (decision, request, scene) => {
          const settled = settledOf(decision, request, scene)
          const isServed =
            settled === null ||
            settled.target.endpoint.kind === 'profile' ||
            isActive(settled.mailbox.subscriber.profile) ||
            decision.outcome.kind === 'no-credentials'
          return isServed ? decision : decided(decision.outcome.operation, 'foreign-mailbox')
        },
      },
    },
    areas: ['MSTORE-PIN'],
  }),
  variant({
    id: 'MSTORE-PROFILE-21/refuses-what-is-not-writable',
    summary: 'a PUT with an attribute that cannot be written, or is not known, answers 409',
    open: 'what becomes of such a request is not said',
    patch: {
      profile: { misfit: (sent) => strange(sent) ?? profile.misfit(sent) },
      status: { 'write-profile': { malformed: 409 } },
    },
    alone: true,
  }),
  variant({
    id: 'MSTORE-PROFILE-26/keeps-what-it-does-not-know',
    summary: 'an unknown attribute is kept and shown, and the unsure ones are as they were',
    open: '[in,out?]: whether they are written is not known',
    patch: {
      profile: {
        written: (values, sent) =>
          new Map([...values, ...[...sent].filter(([name]) => WRITABLE.includes(name) || !isKnown(name))]),
      },
    },
    alone: true,
  }),
]

const WRITABLE = ['nut', 'vvmon']

function inOtherCase(sent: Attributes): string | null {
  const other = WRITABLE.find((name) => !['true', 'false', undefined].includes(sent.get(name)))
  return other === undefined ? null : `${other}: expected true or false in small letters`
}

function isKnown(name: string): boolean {
  return PROFILE_ATTRIBUTES.some((known) => known.name === name)
}

function strange(sent: Attributes): string | null {
  return [...sent.keys()].every((name) => WRITABLE.includes(name))
    ? null
    : 'an attribute that is not writable'
}

function enveloped(values: Attributes): Readonly<Record<string, Json>> {
  return profileBody(values) as unknown as Readonly<Record<string, Json>>
}

function shown(values: Attributes, valueOf: (value: string) => Json): Json {
  const attribute = Array.from(values, ([name, value]) => ({ value: [valueOf(value)], name }))
  return { vvmserviceProfile: { attributes: { attribute } } }
}
