import { expect, it } from 'vitest'
import { loadRegister } from '#protocol/register.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { outOfReach } from './out-of-reach.ts'

it.each<readonly [Protocol, string, string | undefined]>([
  ['relay', 'RELAY-CODE-05', 'limits'],
  ['relay', 'RELAY-CODE-01', 'exact status'],
  ['relay', 'RELAY-ENCODING-15', 'spelling'],
  ['relay', 'RELAY-PUSH-18', undefined],
  ['mstore', 'MSTORE-GBA-01', 'bootstrapping'],
  ['mstore', 'MSTORE-TRANSPORT-01', 'connections'],
  ['mstore', 'MSTORE-BULKDELETE-09', undefined],
])('of the %s, %s is of the class %s', (protocol, id, name) => {
  const requirement = loadRegister(protocol).requirements.get(id)
  expect(requirement === undefined ? 'unknown' : outOfReach(requirement)?.name).toBe(name)
})
