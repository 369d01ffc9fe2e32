import { describe, expect, it } from 'vitest'
import { deployed } from './dialects.ts'
import { FAULTS } from './faults.ts'
import { documented } from './rulebook.ts'
import { patch } from '#mocks/engine/patch.ts'
import { loadRegister } from '#protocol/register.ts'

const known = loadRegister('mstore').requirements

describe('the faults of the mStore', () => {
  it('have ids of their own', () => {
    expect(new Set(FAULTS.map(({ id }) => id)).size).toBe(FAULTS.length)
  })

  it.each(FAULTS.map((fault) => [fault.id, fault] as const))(
    '%s violates a requirement there is',
    (id, fault) => {
      expect(id).toMatch(/^MSTORE-[A-Z]+-\d\d\/[a-z0-9-]+$/)
      expect(id.split('/')[0]).toBe(fault.requirement)
      expect(known.has(fault.requirement)).toBe(true)
      expect(known.get(fault.requirement)?.binds).not.toBe('client')
      expect(fault.summary).toMatch(/^\S.*[^.]$/)
      const rules = patch(documented, fault.dialect === 'deployed' ? deployed : {})
      expect(patch(rules, fault.patch)).not.toEqual(rules)
    },
  )
})
