import { describe, expect, test } from 'vitest'
import {
  PROFILE_ATTRIBUTES,
  pinChangeBody,
  profileBody,
  profileMistakes,
  readProfile,
  sampleProfile,
} from './profile.ts'

const shown = profileBody(sampleProfile())

describe('the profile', () => {
  test('has the attributes of the mStore spec without the PINs', () => {
    expect([...sampleProfile().keys()]).toEqual([
      'cosname',
      'isblocked',
      'Language',
      'MigrationDate',
      'MigrationStatus',
      'nut',
      'SMSDirectLink',
      'V2E_ON',
      'V2t_Language',
      'vvmon',
    ])
    expect(PROFILE_ATTRIBUTES).toHaveLength(12)
  })

  test('is read as it is written, and has no mistake', () => {
    expect(readProfile(shown)).toEqual({ kind: 'attributes', values: sampleProfile() })
    expect(profileMistakes(sampleProfile())).toEqual([])
    expect(JSON.stringify(shown)).toMatch(
      /^{"vvmserviceProfile":{"attributes":{"attribute":\[{"name":"cosname","value":\["1234"\]}/,
    )
  })

  test('MSTORE-PROFILE-25: may have more, in any order', () => {
    const values = new Map([['x-unknown', '1'], ...[...sampleProfile()].toReversed()])
    expect(profileMistakes(values)).toEqual([])
  })

  test('MSTORE-PROFILE-15: may have its booleans in any case', () => {
    expect(profileMistakes(new Map([...sampleProfile(), ['vvmon', 'TRUE']]))).toEqual([])
  })

  test.each([
    ['PWD', '2580', 'PWD: expected none, got one'],
    ['vvmon', 'yes', 'vvmon: expected a boolean, got "yes"'],
    ['MigrationDate', '2019-01-01', 'MigrationDate: expected a date, got "2019-01-01"'],
    ['Language', '', 'Language: expected a text, got ""'],
  ])('with %s %j has a mistake', (name, value, mistake) => {
    expect(profileMistakes(new Map([...sampleProfile(), [name, value]]))).toEqual([mistake])
  })

  test.each([...sampleProfile().keys()])('without %s has a mistake', (name) => {
    const values = new Map([...sampleProfile()].filter(([other]) => other !== name))
    expect(profileMistakes(values)).toEqual([`${name}: expected a value, got none`])
  })

  test('MSTORE-PIN-02: of a PIN change has the two PINs and nothing else', () => {
    expect(readProfile(pinChangeBody({ oldPin: '0582', newPin: '2580' }))).toEqual({
      kind: 'attributes',
      values: new Map([
        ['OLD_PWD', '0582'],
        ['PWD', '2580'],
      ]),
    })
  })

  test.each([null, {}, [], { vvmserviceProfile: { attribute: [] } }, { attributes: { attribute: [] } }])(
    'is not %j',
    (body) => {
      expect(readProfile(body)).toMatchObject({ kind: 'parse-error' })
    },
  )
})
