import { describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { reachOf } from './reach.ts'

describe('where a mock is reached', () => {
  it('is loopback where nothing is said', () => {
    expect(reachOf({})).toEqual({
      host: '127.0.0.1',
      controlHost: '127.0.0.1',
      local: '127.0.0.1',
      announced: '127.0.0.1',
      announcedControl: '127.0.0.1',
      names: ['127.0.0.1', '::1', 'localhost'],
    })
  })

  it('is never announced as an address that stands for all', () => {
    expect(reachOf({ host: '0.0.0.0', controlHost: '::' })).toMatchObject({
      host: '0.0.0.0',
      controlHost: '::',
      announced: '127.0.0.1',
      announcedControl: '127.0.0.1',
    })
  })

  it('is the public host, of the control plane too where that is not on loopback', () => {
    const publicHost = 'Desk.example.test'
    expect(reachOf({ host: '0.0.0.0', publicHost })).toMatchObject({
      announced: 'desk.example.test',
      announcedControl: '127.0.0.1',
    })
    const reach = reachOf({ host: '192.0.2.7', controlHost: '0.0.0.0', publicHost })
    expect(reach.announcedControl).toBe('desk.example.test')
    expect(reach.names).toEqual(['desk.example.test', '192.0.2.7', '127.0.0.1', '::1', 'localhost'])
    expect(reachOf({ publicHost: '[2001:db8::7]' }).announced).toBe('2001:db8::7')
  })

  it.each(['', 'http://desk', 'desk:8443', 'desk/x', 'a b', 'user@desk', '2001:db8::7:zz'])(
    'cannot be %j',
    (publicHost) => {
      expect(() => reachOf({ publicHost })).toThrow(UsageError)
    },
  )
})
