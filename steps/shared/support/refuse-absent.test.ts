import { describe, expect, it } from 'vitest'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { refuseAbsent } from './refuse-absent.ts'

const declared = { ...bareTarget(), unimplemented: ['directory'] }

describe('an operation that the target file says is not implemented', () => {
  it('is not asked for', () => {
    expect(() => {
      refuseAbsent('RELAY-DIRECTORY-01', declared)
    }).toThrow(/unimplemented: \[directory\]/)
  })

  it.each<[string | null, object]>([
    ['RELAY-PREKEY-01', declared],
    [null, declared],
    ['RELAY-DIRECTORY-01', bareTarget()],
  ])('%s is asked for where nothing says so', (requirement, target) => {
    refuseAbsent(requirement, target)
  })
})
