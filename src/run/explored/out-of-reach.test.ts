import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { loadRegister } from '#protocol/register.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { outOfReach, REACH_CLASSES } from './out-of-reach.ts'

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

it('has each class listed in docs/walks.md, with its reason', () => {
  const text = readFileSync(join(PACKAGE_ROOT, 'docs/walks.md'), 'utf8')
  const listed = [...text.matchAll(/^\| (.+?) +\| .+? \| (.+?) +\|$/gm)].map(([, name, reason]) => ({
    name,
    reason,
  }))
  expect(listed.slice(2)).toEqual(REACH_CLASSES.map(({ name, reason }) => ({ name, reason })))
})
