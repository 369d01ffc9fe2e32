import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { areasOfChange } from '../../scripts/areas-of-change.ts'

const FEATURES: Readonly<Record<string, string>> = {
  'features/relay/messages.feature':
    '@RELAY-MESSAGE-01 @RELAY-AUTH-02\nFeature: M\n@MSTORE-PIN-01 @RELAY-MESSAGE-09',
  'features/mstore/pin.feature': '@MSTORE-PIN-03 @exhausts',
}

function areas(...changed: readonly string[]) {
  const { areas: found, unmapped } = areasOfChange(changed, (path) => FEATURES[path] ?? null)
  return { ...Object.fromEntries(found), unmapped }
}

describe('areasOfChange', () => {
  it.each([
    'features/relay/messages.feature',
    'mocks/relay/messages.ts',
    'mocks/relay/messages.faults.ts',
    'steps/relay/messages.ts',
    'steps/relay/support/messages.ts',
    'src/protocol/relay/messages.ts',
    'schemas/relay/messages.json',
  ])('gives the areas in the tags of the feature that has the name of %s', (path) => {
    expect(areas(path)).toEqual({ relay: ['RELAY-AUTH', 'RELAY-MESSAGE'], unmapped: [] })
  })

  it('gives each area once, by protocol', () => {
    expect(areas('mocks/relay/messages.ts', 'steps/relay/messages.ts', 'mocks/mstore/pin.ts')).toEqual({
      relay: ['RELAY-AUTH', 'RELAY-MESSAGE'],
      mstore: ['MSTORE-PIN'],
      unmapped: [],
    })
  })

  it('names code that belongs to no feature, and of that of another protocol nothing', () => {
    const code = ['mocks/edge/listen.ts', 'mocks/mstore/messages.ts', 'src/cli/main.ts']
    expect(areas(...code)).toEqual({ unmapped: code })
  })

  it('leaves out unit tests, which run anyway, and all that is no code', () => {
    expect(areas('mocks/relay/messages.test.ts', 'README.md', 'tests/pages/commands.test.ts')).toEqual({
      unmapped: [],
    })
  })

  it('finds the areas of the features that there are', () => {
    const read = (path: string) => {
      const file = join(PACKAGE_ROOT, path)
      return existsSync(file) ? readFileSync(file, 'utf8') : null
    }
    const { areas: found } = areasOfChange(['mocks/mstore/pin.ts'], read)
    expect(found.get('mstore')).toContain('MSTORE-PIN')
  })
})
