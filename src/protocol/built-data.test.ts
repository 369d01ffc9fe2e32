import { describe, expect, it } from 'vitest'
import { buildData, builtData, type BuiltData } from './built-data.ts'
import { registerData } from './register.ts'
import { PROTOCOLS } from './requirements.ts'

const made = (name: string): BuiltData<number> => ({
  name,
  paths: ['package.json'],
  make: ([text = '']) => text.length,
})

describe('data that the build makes', () => {
  it('is made where nothing was built', () => {
    expect(builtData(made('never-built'))).toBeGreaterThan(0)
  })

  it('is made anew where it was built of other texts', () => {
    expect(builtData(made('register-relay'))).toBe(builtData(made('never-built')))
  })

  it('is written with a digest of what it is made of, its name left aside', () => {
    const [one, other] = ['one', 'other'].map((name) => buildData(made(name)))
    expect(one?.path).toBe('dist/src/built/one.json')
    expect(one?.text).toBe(other?.text)
    expect(buildData({ ...made('one'), paths: ['tsconfig.json'] }).text).not.toBe(one?.text)
  })

  it.each(PROTOCOLS)('brings back the register of the %s as it was read', (protocol) => {
    const { make, paths, name } = registerData(protocol)
    const data = buildData({ name, paths, make })
    expect((JSON.parse(data.text) as { readonly data: unknown }).data).toEqual(
      builtData({ name: 'never-built', paths, make }),
    )
  })
})
