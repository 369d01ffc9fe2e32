import { describe, expect, it } from 'vitest'
import { bareMStoreTarget } from '../../../tests/mstore-targets.ts'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { productionHost, refuseProduction } from './production-hosts.ts'

describe('productionHost', () => {
  it.each([
    'https://wsg.t-mobile.com/',
    'https://WSG.T-Mobile.COM.:443/phone20',
    'http://wsg.mstore.msg.eng.t-mobile.com:8082',
    'https://textsecure-service.whispersystems.org',
    'https://whispersystems.org',
  ])('knows %s', (url) => {
    expect(productionHost(url)).not.toBeNull()
  })

  it.each([
    'https://wsg2.stg.sip.t-mobile.com/',
    'https://wsg.t-mobile.com.example.org',
    'https://not-t-mobile.com',
    'http://127.0.0.1:8080',
    'no url',
  ])('takes %s for none', (url) => {
    expect(productionHost(url)).toBeNull()
  })
})

describe('refuseProduction', () => {
  const production = { ...bareMStoreTarget(), url: 'https://wsg.t-mobile.com' }

  it('refuses a production host, and says what would allow it', () => {
    expect(() => {
      refuseProduction(production)
    }).toThrow(/^wsg\.t-mobile\.com serves real people: expected allow: \[production\]/)
  })

  it('refuses a bootstrapping server and a peer in production', () => {
    const isim = { impi: 'a@b', k: '', opc: '', sqn: '' }
    const bsf = { url: 'https://bsf.t-mobile.com', fqdn: 'bsf' }
    const federation = {
      ...{ name: 'n', knownAs: 'k', url: 'https://a.whispersystems.org' },
      ...{ verificationCode: null, pushes: null, devices: null, synchronise: null },
    }
    for (const target of [bareMStoreTarget({ gba: { kind: 'isim', isim, bsf } }), bareTarget({ federation })])
      expect(() => {
        refuseProduction(target)
      }).toThrow(/serves real people/)
  })

  it('lets pass what is allowed', () => {
    refuseProduction({ ...production, production: true })
    refuseProduction(bareMStoreTarget())
  })
})
