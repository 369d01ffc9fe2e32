import { describe, expect, it } from 'vitest'
import { CAPABILITIES } from '#protocol/requirements.ts'
import { bareMStoreTarget, controlledMStoreTarget } from '../../../tests/mstore-targets.ts'
import { bareTarget, controlledTarget } from '../../../tests/relay-targets.ts'
import type { MStoreTarget, Target } from '../target.ts'
import { enabling, hasCapability } from './has-capability.ts'

const offered = (target: Target = bareTarget()) =>
  CAPABILITIES.filter((capability) => hasCapability(target, capability))

const ISIM = { impi: 'alice@ims.example', k: '00', opc: '00', sqn: '000000000000' }
const BSF = { url: 'http://127.0.0.1:2', fqdn: 'bsf.example' }

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
      synchronise: null,
    }
    expect(offered(bareTarget({ federation }))).toEqual(['federation', 'blobStore'])
  })

  it('finds what the control plane of an mStore offers, the PINs of its subscribers among it', () => {
    expect(offered(controlledMStoreTarget('http://127.0.0.1:1'))).toEqual([
      'gba',
      'bsf',
      'voicemail',
      'greeting',
      'pin',
      'mock',
    ])
  })

  it('finds nothing of an mStore where nothing is configured', () => {
    expect(offered(bareMStoreTarget())).toEqual([])
  })

  it.each<[string, readonly string[], Partial<MStoreTarget['capabilities']>]>([
    ['an ISIM', ['gba', 'bsf'], { gba: { kind: 'isim', isim: ISIM, bsf: BSF } }],
    ['a fixed key', ['gba'], { gba: { kind: 'fixed', btid: 'b', key: 'a2V5' } }],
    ['a command', ['gba'], { gba: { kind: 'command', command: ['gba'] } }],
    ['a PIN', ['pin'], { pin: '1397' }],
    ['voicemails that are there', ['voicemail'], { voicemail: { kind: 'fixed', value: 'true' } }],
  ])('finds what %s of an mStore offers', (_what, expected, capabilities) => {
    expect(offered(bareMStoreTarget(capabilities))).toEqual(expected)
  })
})

describe('enabling', () => {
  it.each(CAPABILITIES)('names a line of the target file for %s', (capability) => {
    expect(enabling(capability)).toMatch(/^(capabilities\.[a-zA-Z]+|url|attachmentOrigins): ./)
  })

  it('names what makes a mock of an mStore', () => {
    expect(enabling('mock', 'mstore')).toBe('capabilities.gba: { control: http://127.0.0.1:PORT }')
  })
})
