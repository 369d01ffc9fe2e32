import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { MStoreEndpoint } from './endpoints.ts'
import { ENDPOINT_METHODS, QUOTA_FILTER, endpointTarget, parseTarget } from './endpoints.ts'

const BASE = '/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B11234567890'
const VF = '27a29814-dd8f-43ee-b768-19af98bf1d07'

const shown: readonly (readonly [string, MStoreEndpoint])[] = [
  ['/vvmserviceProfile', { kind: 'profile' }],
  [`/folders/${VF}?attrFilter=Quota`, { kind: 'folder', folderId: VF, filter: QUOTA_FILTER }],
  [
    `/folders/${VF}%3FattrFilter%3DQuota`,
    { kind: 'folder', folderId: VF, filter: { value: 'Quota', form: 'encoded' } },
  ],
  [`/folders/${VF}`, { kind: 'folder', folderId: VF, filter: null }],
  [`/objects/${VF}%3A18`, { kind: 'object', objectPath: `${VF}%3A18` }],
  [`/objects/${VF}%3A18/payloadParts/part1`, { kind: 'object', objectPath: `${VF}%3A18/payloadParts/part1` }],
  [
    `/objects/${VF}%3A18/flags/%24CNS-Greeting-On`,
    { kind: 'flag', objectPath: `${VF}%3A18`, flag: '$CNS-Greeting-On' },
  ],
  [`/objects/${VF}%3A18/flags/%5CSeen`, { kind: 'flag', objectPath: `${VF}%3A18`, flag: '\\Seen' }],
  ['/objects/operations/search', { kind: 'search' }],
  ['/objects/operations/bulkUpdate', { kind: 'bulk-update' }],
  ['/objects/operations/bulkDelete', { kind: 'bulk-delete' }],
  ['/objects', { kind: 'upload' }],
]

const segment = fc.stringMatching(/^[A-Za-z0-9.-]{1,20}$/).filter((text) => text !== 'operations')
const endpoint: fc.Arbitrary<MStoreEndpoint> = fc.oneof(
  fc.constantFrom<MStoreEndpoint>({ kind: 'profile' }, { kind: 'search' }, { kind: 'upload' }),
  fc.record({
    kind: fc.constant('folder' as const),
    folderId: segment,
    filter: fc.option(
      fc.record({ value: segment, form: fc.constantFrom('plain' as const, 'encoded' as const) }),
    ),
  }),
  fc.record({ kind: fc.constant('object' as const), objectPath: segment.map((text) => `${text}%3A1`) }),
  fc.record({
    kind: fc.constant('flag' as const),
    objectPath: segment,
    flag: fc.string({ minLength: 1, unit: 'grapheme' }),
  }),
)

describe('the target of an endpoint', () => {
  test.each(shown)('MSTORE-URL-02, MSTORE-URL-21: is %s', (suffix, endpoint) => {
    expect(endpointTarget('+11234567890', endpoint)).toBe(`${BASE}${suffix}`)
    expect(parseTarget(`${BASE}${suffix}`)).toEqual({
      kind: 'target',
      msisdn: '+11234567890',
      msisdnForm: 'encoded',
      endpoint,
    })
  })

  test('MSTORE-URL-21: may have its flag literally', () => {
    expect(parseTarget(`${BASE}/objects/x/flags/$CNS-Greeting-On`)).toMatchObject({
      endpoint: { kind: 'flag', objectPath: 'x', flag: '$CNS-Greeting-On' },
    })
  })

  test('MSTORE-FOLDER-04: finds a filter among other parameters, and its absence', () => {
    expect(parseTarget(`${BASE}/folders/f?x=1&attrFilter=Quota`)).toMatchObject({
      endpoint: { filter: { value: 'Quota', form: 'plain' } },
    })
    expect(parseTarget(`${BASE}/folders/f?attrfilter=Quota`)).toMatchObject({ endpoint: { filter: null } })
  })

  test('MSTORE-URL-04: reports how the number was written', () => {
    expect(parseTarget(`${BASE.replace('tel%3A%2B', 'tel:+')}/vvmserviceProfile`)).toMatchObject({
      msisdnForm: 'raw',
    })
  })

  test.prop([endpoint])('survives its text', (endpoint) => {
    const target = endpointTarget('+15555558264', endpoint)
    expect(parseTarget(target)).toMatchObject({ kind: 'target', msisdn: '+15555558264', endpoint })
    expect(ENDPOINT_METHODS[endpoint.kind].length).toBeGreaterThan(0)
  })

  test.each([
    '/vvmserviceProfile',
    `${BASE}/nosuch`,
    `${BASE}/objects/`,
    `${BASE}/folders/`,
    `${BASE}/folders/a/b`,
    `${BASE}/toString`,
    `${BASE}/objects/x/flags/%zz`,
    `${BASE}/folders/%zz`,
    BASE,
    BASE.replace('oemclient/', ''),
    BASE.replace('tel%3A%2B', 'tel%3A'),
    '/phone20/mStoreRelay?path=http://wsg.mstore.msg.eng.t-mobile.com:8082/oemclient/nms/v1/ums/tel%3A%2B1/objects/x',
    '*',
    '',
  ])('is not %j', (target) => {
    expect(parseTarget(target)).toMatchObject({ kind: 'parse-error' })
  })

  test.prop([fc.string()])('never breaks the reader', (text) => {
    expect(['target', 'parse-error']).toContain(parseTarget(`${BASE}/objects/${text}`).kind)
    expect(['target', 'parse-error']).toContain(parseTarget(text).kind)
  })
})
