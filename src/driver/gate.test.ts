import { describe, expect, it } from 'vitest'
import type { Capability, Risk } from '#protocol/requirements.ts'
import { gate, risksOf } from './gate.ts'
import type { RelayTarget } from './target.ts'

const plane = { kind: 'mock-control', url: 'http://127.0.0.1:8081' } as const

const TARGET: RelayTarget = {
  protocol: 'relay',
  url: 'http://127.0.0.1:8080',
  dialect: 'documented',
  username: 'number',
  reachableBy: 'push-id',
  registrationId: 'number',
  allow: ['reads', 'writes'],
  capabilities: { verificationCode: plane, pushes: null, devices: null, limits: null, federation: null },
  timeouts: { answerMs: 1000, pushMs: 1000 },
  requestsPerSecond: null,
  tls: { ca: null, insecure: false },
}

const requirement = (needs: readonly Capability[], risks: readonly Risk[]) => ({ needs, risks })

describe('gate', () => {
  it('lets a scenario run that does what is allowed and needs what is there', () => {
    expect(gate([requirement(['verificationCode'], ['reads'])], ['writes'], TARGET)).toBeNull()
  })

  it('lets reads pass whatever is allowed', () => {
    expect(gate([requirement([], ['reads'])], ['reads'], { ...TARGET, allow: [] })).toBeNull()
  })

  it.each<[string, readonly Risk[], readonly Risk[]]>([
    ['of a requirement', ['exhausts', 'sends'], []],
    ['of a tag', ['reads'], ['sends']],
  ])('names the mildest risk %s that is not allowed, and how to allow it', (_, risks, tags) => {
    expect(gate([requirement(['pushes'], risks)], tags, TARGET)).toEqual({
      code: 'risk',
      name: 'sends',
      enable: 'allow: [reads, writes, sends]',
    })
  })

  it('names the capability that is missing, and how to offer it', () => {
    expect(gate([requirement(['verificationCode', 'pushes'], ['reads'])], [], TARGET)).toEqual({
      code: 'capability',
      name: 'pushes',
      enable: expect.stringContaining('pushes'),
    })
  })
})

it('names each risk once, mildest first, and always reads', () => {
  expect(risksOf([requirement([], ['slow', 'writes'])], ['writes'])).toEqual(['reads', 'writes', 'slow'])
})
