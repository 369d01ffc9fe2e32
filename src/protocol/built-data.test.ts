import { describe, expect, it, vi } from 'vitest'
import { buildData, builtData, keptOrMade, type BuiltData } from './built-data.ts'
import { registerData } from './register.ts'
import { PROTOCOLS } from './requirements.ts'

const LENGTH: BuiltData<number> = {
  name: 'length',
  paths: ['package.json'],
  make: ([text = '']) => text.length,
}
const built = buildData(LENGTH)

describe('data that the build makes', () => {
  it('is made by code that was not built, or where nothing was', () => {
    expect(builtData(LENGTH)).toBeGreaterThan(0)
    expect(keptOrMade(null, LENGTH)).toBe(builtData(LENGTH))
  })

  it('is taken as it was built of the same texts, and made anew where they are others', () => {
    const make = vi.fn(() => 0)
    expect(keptOrMade(built.text, { ...LENGTH, make })).toBe(builtData(LENGTH))
    expect(make).not.toHaveBeenCalled()
    expect(keptOrMade(built.text, { ...LENGTH, paths: ['tsconfig.json'], make })).toBe(0)
  })

  it('is written with a digest of what it is made of, its name left aside', () => {
    const other = buildData({ ...LENGTH, name: 'other' })
    expect(other.path).toBe('dist/src/built/other.json')
    expect(other.text).toBe(built.text)
    expect(buildData({ ...LENGTH, paths: ['tsconfig.json'] }).text).not.toBe(built.text)
  })

  it.each(PROTOCOLS)('brings back the register of the %s as it was read', (protocol) => {
    const data = registerData(protocol)
    expect(keptOrMade(buildData(data).text, data)).toEqual(keptOrMade(null, data))
  })
})
