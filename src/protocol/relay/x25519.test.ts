import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { fromHex, toHex } from '../bytes.ts'
import { OPENSSL, TWEETNACL, curvePoint, curveSecret } from './x25519.ts'

const { products, iterated, agreement } = vectors.x25519
const secret = (hex: string) => curveSecret(fromHex(hex))
const point = (hex: string) => curvePoint(fromHex(hex))
const thirtyTwo = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe.each([
  ['tweetnacl', TWEETNACL],
  ['node:crypto', OPENSSL],
])('X25519 by %s', (_, x25519) => {
  test.each(products)('multiplies as RFC 7748, section $section ($product)', (vector) => {
    expect(x25519.agree(secret(vector.scalar), point(vector.point))).toEqual(fromHex(vector.product))
  })

  test('iterates as RFC 7748, section 5.2', () => {
    let [scalar, coordinate] = [fromHex(iterated.start), fromHex(iterated.start)]
    const after: string[] = []
    for (let round = 0; round < 1000; round++) {
      const next = x25519.agree(curveSecret(scalar), curvePoint(coordinate)) ?? new Uint8Array(32)
      after.push(toHex(next))
      ;[scalar, coordinate] = [next, scalar]
    }
    expect(after[0]).toBe(iterated.after1)
    expect(after[999]).toBe(iterated.after1000)
  })

  test('agrees as RFC 7748, section 6.1', () => {
    expect(toHex(x25519.publicPoint(secret(agreement.aliceSecret)))).toBe(agreement.alicePublic)
    expect(toHex(x25519.publicPoint(secret(agreement.bobSecret)))).toBe(agreement.bobPublic)
    expect(x25519.agree(secret(agreement.aliceSecret), point(agreement.bobPublic))).toEqual(
      fromHex(agreement.shared),
    )
    expect(x25519.agree(secret(agreement.bobSecret), point(agreement.alicePublic))).toEqual(
      fromHex(agreement.shared),
    )
  })

  test.each(['00'.repeat(32), `01${'00'.repeat(31)}`])(
    'gives no secret with the low-order point %s',
    (low) => {
      expect(x25519.agree(secret(agreement.aliceSecret), point(low))).toBeNull()
    },
  )
})

describe('tweetnacl and node:crypto', () => {
  test.prop([thirtyTwo, thirtyTwo], { numRuns: 25 })('agree for every pair of secrets', (mine, theirs) => {
    const [alice, bob] = [curveSecret(mine), curveSecret(theirs)]
    expect(OPENSSL.publicPoint(alice)).toEqual(TWEETNACL.publicPoint(alice))
    const shared = OPENSSL.agree(alice, TWEETNACL.publicPoint(bob))
    expect(shared).not.toBeNull()
    expect(TWEETNACL.agree(bob, OPENSSL.publicPoint(alice))).toEqual(shared)
  })
})
