import { type Attributes, instantText, migrationInstantOf } from '#protocol/mstore/attributes.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { fault, faultRows, type MStoreFault } from './fault.ts'

const { profile } = documented

/** Faults in showing and changing the profile. */
export const PROFILE_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-PROFILE-01/tells-a-map', 'the attributes come as one object', {
    profile: { body: (values) => ({ vvmserviceProfile: { attributes: Object.fromEntries(values) } }) },
  }),
  fault('MSTORE-PROFILE-01/leaves-the-envelope-out', 'the list of attributes stands alone', {
    profile: { body: (values) => ({ attributes: { attribute: listed(values, (value) => [value]) } }) },
  }),
  fault('MSTORE-PROFILE-02/tells-bare-text', 'a value is text, not a list of one', {
    profile: { body: (values) => enveloped(listed(values, (value) => value)) },
  }),
  fault('MSTORE-PROFILE-02/tells-two-values', 'vvmon has two values', {
    profile: {
      body: (values) =>
        enveloped(listed(values, (value, name) => (name === 'vvmon' ? [value, value] : [value]))),
    },
  }),
  ...[
    leaving('MSTORE-PROFILE-03', 'cosname'),
    leaving('MSTORE-PROFILE-04', 'isblocked'),
    leaving('MSTORE-PROFILE-05', 'Language'),
    leaving('MSTORE-PROFILE-06', 'MigrationDate'),
    leaving('MSTORE-PROFILE-07', 'MigrationStatus'),
    leaving('MSTORE-PROFILE-08', 'nut'),
    leaving('MSTORE-PROFILE-09', 'SMSDirectLink'),
    leaving('MSTORE-PROFILE-10', 'V2E_ON'),
    leaving('MSTORE-PROFILE-11', 'V2t_Language'),
    leaving('MSTORE-PROFILE-12', 'vvmon'),
  ],
  showing('MSTORE-PROFILE-04/says-no', 'isblocked is "no"', { isblocked: 'no' }),
  fault('MSTORE-PROFILE-06/writes-iso-8601', 'MigrationDate is in ISO 8601', {
    profile: {
      shown: ({ profile: values }) =>
        withValues(values, {
          MigrationDate: instantText(migrationInstantOf(values.get('MigrationDate') ?? '') ?? 0),
        }),
    },
  }),
  showing('MSTORE-PROFILE-06/tells-no-real-date', 'MigrationDate is 2019:02:30', {
    MigrationDate: '2019:02:30:00:00',
  }),
  showing('MSTORE-PROFILE-07/says-yes', 'MigrationStatus is "yes"', { MigrationStatus: 'yes' }),
  fault('MSTORE-PROFILE-09/spells-it-otherwise', 'SMSDirectLink is called SmsDirectLink', {
    profile: {
      shown: ({ profile: values }) =>
        new Map(
          [...values].map(([name, value]) => [name === 'SMSDirectLink' ? 'SmsDirectLink' : name, value]),
        ),
    },
  }),
  showing('MSTORE-PROFILE-10/says-off', 'V2E_ON is "off"', { V2E_ON: 'off' }),
  showing('MSTORE-PROFILE-12/says-on', 'vvmon is "on"', { vvmon: 'on' }),
  showing('MSTORE-PROFILE-13/tells-the-old-pin', 'GET has OLD_PWD', { OLD_PWD: '0000' }),
  fault('MSTORE-PROFILE-14/tells-the-pin', 'GET has PWD', {
    profile: { shown: ({ profile: values, pin }) => withValues(values, { PWD: pin.current }) },
  }),
  fault('MSTORE-PROFILE-14/tells-the-pin-elsewhere', 'cosname is the PIN', {
    profile: { shown: ({ profile: values, pin }) => withValues(values, { cosname: pin.current }) },
  }),
  fault('MSTORE-PROFILE-16/answers-400', 'a change of the profile answers 400', {
    status: { 'write-profile': { written: 400 } },
  }),
  writing(
    'MSTORE-PROFILE-17/forgets-the-rest',
    'attributes that a PUT leaves out are gone',
    (_values, sent) => sent,
  ),
  writing(
    'MSTORE-PROFILE-17/resets-the-language',
    'a PUT that leaves Language out resets it',
    (values, sent) => withValues(profile.written(values, sent), { Language: sent.get('Language') ?? 'spa' }),
  ),
  writing('MSTORE-PROFILE-17/switches-on', 'a PUT of nut switches visual voicemail on', (values, sent) =>
    withValues(profile.written(values, sent), { vvmon: sent.get('vvmon') ?? 'true' }),
  ),
  writing('MSTORE-PROFILE-17/resets-nut', 'a PUT of vvmon alone sets nut to false', (values, sent) =>
    withValues(profile.written(values, sent), { nut: sent.get('nut') ?? 'false' }),
  ),
  writing(
    'MSTORE-PROFILE-18/stores-the-first-alone',
    'of two attributes the first is stored',
    (values, sent) => profile.written(values, new Map([...sent].slice(0, 1))),
  ),
  writing('MSTORE-PROFILE-18/stores-the-last-alone', 'of two attributes the last is stored', (values, sent) =>
    profile.written(values, new Map([...sent].slice(-1))),
  ),
  writing('MSTORE-PROFILE-18/stores-nothing', 'a PUT answers 200 and changes nothing', (values) => values),
  writing('MSTORE-PROFILE-19/stays-off', 'vvmon stays false once it was', (values, sent) =>
    values.get('vvmon') === 'false'
      ? withValues(profile.written(values, sent), { vvmon: 'false' })
      : profile.written(values, sent),
  ),
  writing('MSTORE-PROFILE-20/stays-on', 'vvmon false answers 200 and changes nothing', (values, sent) =>
    withValues(profile.written(values, sent), { vvmon: 'true' }),
  ),
  writing('MSTORE-PROFILE-21/lets-isblocked-be-written', 'isblocked can be changed', (values, sent) =>
    withSent(profile.written(values, sent), sent, 'isblocked'),
  ),
  writing('MSTORE-PROFILE-21/lets-the-date-be-written', 'MigrationDate can be changed', (values, sent) =>
    withSent(profile.written(values, sent), sent, 'MigrationDate'),
  ),
  writing('MSTORE-PROFILE-21/lets-the-status-be-written', 'MigrationStatus can be changed', (values, sent) =>
    withSent(profile.written(values, sent), sent, 'MigrationStatus'),
  ),
  writing(
    'MSTORE-PROFILE-26/loses-all-for-one',
    'an unknown attribute takes the known ones away',
    (values, sent) =>
      [...sent.keys()].every((name) => values.has(name)) ? profile.written(values, sent) : new Map(sent),
  ),
  ...faultRows(spoiledBy, [
    ['MSTORE-PROFILE-26/ends-at-a-quote', 'a value with a quote takes attributes away', /"/],
    ['MSTORE-PROFILE-26/ends-at-a-backslash', 'a value with a backslash takes attributes away', /\\/],
    ['MSTORE-PROFILE-26/ends-at-a-tag', 'a value with a tag takes attributes away', /</],
    ['MSTORE-PROFILE-26/keeps-ascii', 'a value beyond ASCII takes attributes away', /[^ -~]/],
  ]),
  ...faultRows(splittingAt, [
    ['MSTORE-PROFILE-26/splits-at-a-semicolon', 'behind a semicolon a value is another attribute', ';'],
    ['MSTORE-PROFILE-26/splits-at-an-ampersand', 'behind an ampersand a value is another attribute', '&'],
  ]),
  fault('MSTORE-PROFILE-27/marks-all-as-seen', 'a change of the profile marks every object as seen', {
    profile: {
      alsoChanged: ({ subscriber: { msisdn }, objects }) =>
        [...objects.values()].map((object) => ({
          kind: 'object-stored',
          msisdn,
          object: { ...object, seen: true },
        })),
    },
  }),
  fault('MSTORE-PROFILE-28/turns-nut-round', 'a GET turns nut round', {
    profile: {
      afterRead: (values) => withValues(values, { nut: values.get('nut') === 'true' ? 'false' : 'true' }),
    },
  }),
]

function leaving(requirement: string, name: string): MStoreFault {
  return fault(`${requirement}/leaves-it-out`, `GET has no ${name}`, {
    profile: { shown: ({ profile: values }) => new Map([...values].filter(([each]) => each !== name)) },
  })
}

function showing(id: string, summary: string, shown: Readonly<Record<string, string>>): MStoreFault {
  return fault(id, summary, { profile: { shown: ({ profile: values }) => withValues(values, shown) } })
}

function writing(id: string, summary: string, written: typeof profile.written): MStoreFault {
  const patch: MStorePatch = { profile: { written } }
  return fault(id, summary, patch)
}

/** Attributes are lost where a value of what is sent has such a character. */
function spoiledBy(character: RegExp): MStorePatch {
  return {
    profile: {
      written: (values, sent) =>
        [...sent.values()].some((value) => character.test(value))
          ? new Map([...values].slice(0, 1))
          : profile.written(values, sent),
    },
  }
}

/** What stands behind a character in a value, `name=value`, is written too. */
function splittingAt(character: string): MStorePatch {
  return {
    profile: {
      written: (values, sent) => {
        const behind = [...sent.values()].flatMap((value) => value.split(character).slice(1))
        const others = behind.map((text) => text.trim().split('=', 2))
        return new Map([
          ...profile.written(values, sent),
          ...others.map(([name = '', value = '']) => [name, value] as const),
        ])
      },
    },
  }
}

function withValues(values: Attributes, over: Readonly<Record<string, string>>): Attributes {
  return new Map([...values, ...Object.entries(over)])
}

function withSent(values: Attributes, sent: Attributes, name: string): Attributes {
  const value = sent.get(name)
  return value === undefined ? values : withValues(values, { [name]: value })
}

function listed(values: Attributes, valueOf: (value: string, name: string) => Json): readonly Json[] {
  return Array.from(values, ([name, value]) => ({ name, value: valueOf(value, name) }))
}

function enveloped(attribute: readonly Json[]): Json {
  return { vvmserviceProfile: { attributes: { attribute } } }
}
