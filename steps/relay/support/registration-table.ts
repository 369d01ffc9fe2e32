import type { DataTable } from '@cucumber/cucumber'
import type { RegistrationChoices } from './registration.ts'

type Reader = (cell: string) => RegistrationChoices

/** How each row of a registration table is read; a quoted registration id goes out as text. */
const readers: Readonly<Record<string, Reader>> = {
  password: (cell) => ({ password: cell }),
  'password, as JSON': (cell) => ({ password: JSON.parse(cell) as string }),
  number: (cell) => ({ number: cell }),
  registrationId: (cell) => ({ registrationId: cell.startsWith('"') ? cell.slice(1, -1) : Number(cell) }),
  supportsSms: (cell) => ({ supportsSms: cell === 'true' }),
  push: (cell) => ({ push: cell === 'apn' ? 'apn' : 'gcm' }),
}

/** Reads a table of two columns, attribute and value; throws on an attribute it does not know. */
export function registrationChoices(table: DataTable): RegistrationChoices {
  return table.raw().reduce<RegistrationChoices>((choices, [attribute = '', cell = '']) => {
    const reader = readers[attribute]
    if (reader === undefined)
      throw new Error(`registration table: expected ${Object.keys(readers).join(', ')}, got "${attribute}"`)
    return { ...choices, ...reader(cell) }
  }, {})
}
