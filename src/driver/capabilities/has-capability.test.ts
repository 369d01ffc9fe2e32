import { describe, expect, it } from 'vitest'
import { CAPABILITIES } from '#protocol/requirements.ts'
import { bareTarget, controlledTarget } from '../../../tests/relay-targets.ts'
import { enabling, hasCapability } from './has-capability.ts'

const offered = (target = bareTarget()) =>
  CAPABILITIES.filter((capability) => hasCapability(target, capability))

describe('hasCapability', () => {
  it('finds what a control plane offers', () => {
    expect(offered(controlledTarget('http://127.0.0.1:1'))).toEqual([
      'verificationCode',
      'sentCodes',
      'pushes',
      'devices',
      'limits',
      'blobStore',
      'mock',
    ])
  })

  it('finds nothing but attachments where nothing is configured', () => {
    expect(offered()).toEqual(['blobStore'])
  })

  it('takes a fixed value for a code, and for nothing that happens', () => {
    const fixed = { kind: 'fixed', value: '123456' } as const
    expect(offered(bareTarget({ verificationCode: fixed, pushes: fixed, devices: fixed }))).toEqual([
      'verificationCode',
      'blobStore',
    ])
  })

  it('finds federation where there is a peer', () => {
    const federation = {
      name: 'south',
      knownAs: 'north',
      url: 'http://x',
      verificationCode: null,
      pushes: null,
      devices: null,
    }
    expect(offered(bareTarget({ federation }))).toEqual(['federation', 'blobStore'])
  })
})

describe('enabling', () => {
  it.each(CAPABILITIES)('names a line of the target file for %s', (capability) => {
    expect(enabling(capability)).toMatch(/^capabilities\.[a-zA-Z]+: ./)
  })
})
