import { expect, test } from 'vitest'
import { packagedText } from '#protocol/package-root.ts'
import { loadRegister } from '#protocol/register.ts'
import { CAPABILITIES, PROTOCOLS, RISKS } from '#protocol/requirements.ts'

test('every requirement that the clarifications name is in a register', () => {
  const known = new Set(PROTOCOLS.flatMap((protocol) => [...loadRegister(protocol).requirements.keys()]))
  const named = packagedText('docs/clarifications.md').match(/\b(RELAY|MSTORE)-[A-Z]+-\d\d\b/g) ?? []
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((id) => !known.has(id))).toEqual([])
})

test('the schema of the register knows the capabilities and risks that the code knows', () => {
  const schema = JSON.parse(packagedText('schemas/requirements.json')) as {
    $defs: { capability: { enum: string[] }; risk: { enum: string[] } }
  }
  expect(schema.$defs.capability.enum).toEqual([...CAPABILITIES])
  expect(schema.$defs.risk.enum).toEqual([...RISKS])
})
