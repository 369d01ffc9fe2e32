import { describe, expect, it } from 'vitest'
import { controlledMStoreTarget } from '../../../tests/mstore-targets.ts'
import { controlledTarget } from '../../../tests/relay-targets.ts'
import { parseParameters, targetOf } from './parameters.ts'

const PLANE = { kind: 'mock-control', url: 'http://127.0.0.1:8081' }

describe('parseParameters', () => {
  it('takes whole targets as they are', () => {
    const targets = { relay: controlledTarget('http://a'), mstore: controlledMStoreTarget('http://b') }
    expect(parseParameters({ targets, seed: 's' })).toEqual({
      targets,
      seed: 's',
      budget: null,
      ledger: null,
    })
  })

  it('knows of no target that was not given', () => {
    const { targets } = parseParameters({
      targets: { relay: null, mstore: controlledMStoreTarget('http://b') },
    })
    expect(targets.relay).toBeNull()
    expect(() => targetOf(targets, 'relay')).toThrow(/expected the url of a target for relay, got none/)
    expect(targetOf(targets, 'mstore').protocol).toBe('mstore')
  })

  it('makes a target of a mock by its URLs', () => {
    const { targets } = parseParameters({
      relay: { url: 'http://127.0.0.1:8080', control: PLANE.url },
      mstore: { url: 'https://127.0.0.1:8443', control: PLANE.url, insecure: true },
    })
    expect(targets).toMatchObject({
      relay: { protocol: 'relay', capabilities: { verificationCode: PLANE }, tls: { insecure: false } },
      mstore: {
        protocol: 'mstore',
        capabilities: { subscribers: PLANE, gba: PLANE },
        tls: { insecure: true },
      },
    })
  })

  it('refuses parameters without a URL', () => {
    expect(() => parseParameters({ relay: {} })).toThrow(/got no url; use `touchstone verify`/)
  })
})
