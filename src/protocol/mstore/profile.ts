import type { ParseError } from '../parse-error.ts'
import {
  type Attribute,
  type AttributeReading,
  type Attributes,
  attributeList,
  booleanOf,
  migrationInstantOf,
  readAttributes,
} from './attributes.ts'
import { membersOf } from './members.ts'

/** Where an attribute appears: in what GET answers, in what PUT takes; `in,out?` may or may not be taken (E-23). */
export type ProfileAccess = 'in' | 'in,out' | 'in,out?' | 'out'

/** One attribute of the profile. */
export interface ProfileAttribute {
  readonly name: string
  readonly access: ProfileAccess
  readonly type: 'boolean' | 'text' | 'date' | 'pin'
  /** The value that the mStore spec shows, in its spelling. */
  readonly sample: string
}

/** The attributes in their order (mStore spec, vvmserviceProfile). */
export const PROFILE_ATTRIBUTES = [
  { name: 'cosname', access: 'in,out?', type: 'text', sample: '1234' },
  { name: 'isblocked', access: 'in', type: 'boolean', sample: 'false' },
  { name: 'Language', access: 'in,out?', type: 'text', sample: 'eng' },
  { name: 'MigrationDate', access: 'in', type: 'date', sample: '2019:01:01:00:00' },
  { name: 'MigrationStatus', access: 'in', type: 'boolean', sample: 'True' },
  { name: 'nut', access: 'in,out', type: 'boolean', sample: 'false' },
  { name: 'SMSDirectLink', access: 'in,out?', type: 'boolean', sample: 'false' },
  { name: 'V2E_ON', access: 'in,out?', type: 'boolean', sample: 'False' },
  { name: 'V2t_Language', access: 'in,out?', type: 'text', sample: 'None' },
  { name: 'vvmon', access: 'in,out', type: 'boolean', sample: 'true' },
  { name: 'OLD_PWD', access: 'out', type: 'pin', sample: '0000' },
  { name: 'PWD', access: 'out', type: 'pin', sample: '1234' },
] as const satisfies readonly ProfileAttribute[]

/** The names of the two attributes of a PIN change. */
export const OLD_PIN = 'OLD_PWD'
/** The new PIN. */
export const NEW_PIN = 'PWD'

/** The body of a profile, of GET and PUT alike. */
export interface ProfileBody {
  readonly vvmserviceProfile: { readonly attributes: { readonly attribute: readonly Attribute[] } }
}

/** The body with those attributes; a PUT names only what is to change (mStore spec, vvmserviceProfile). */
export function profileBody(values: Iterable<readonly [string, string]>): ProfileBody {
  return { vvmserviceProfile: { attributes: { attribute: attributeList(values) } } }
}

/** The body of a PIN change: the two PINs and nothing else (mStore spec, vvmserviceProfile). */
export function pinChangeBody({
  oldPin,
  newPin,
}: {
  readonly oldPin: string
  readonly newPin: string
}): ProfileBody {
  return profileBody([
    [OLD_PIN, oldPin],
    [NEW_PIN, newPin],
  ])
}

/** Reads the attributes of such a body, known or not. */
export function readProfile(body: unknown): AttributeReading | ParseError {
  const { attributes } = membersOf(membersOf(body)['vvmserviceProfile'])
  return readAttributes(membersOf(attributes)['attribute'])
}

/** The profile that the mStore spec shows, as GET answers it. */
export function sampleProfile(): Attributes {
  return new Map(shown.map(({ name, sample }) => [name, sample]))
}

/** What is wrong with the attributes that GET answers, a line each: one missing, one that only PUT has, a value. */
export function profileMistakes(values: Attributes): readonly string[] {
  return PROFILE_ATTRIBUTES.flatMap((attribute) => {
    const value = values.get(attribute.name)
    if (attribute.access === 'out')
      return value === undefined ? [] : [`${attribute.name}: expected none, got one`]
    if (value === undefined) return [`${attribute.name}: expected a value, got none`]
    return fits(attribute, value)
      ? []
      : [`${attribute.name}: expected a ${attribute.type}, got ${JSON.stringify(value)}`]
  })
}

const shown = PROFILE_ATTRIBUTES.filter(({ access }) => access !== 'out')

function fits({ type }: ProfileAttribute, value: string): boolean {
  switch (type) {
    case 'boolean':
      return booleanOf(value) !== null
    case 'date':
      return migrationInstantOf(value) !== null
    case 'text':
    case 'pin':
      return value !== ''
    default:
      return type satisfies never
  }
}
