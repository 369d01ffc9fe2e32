import { describe, expect, it } from 'vitest'
import { fromHex } from '#protocol/bytes.ts'
import { makeVector } from '#protocol/gba/aka.ts'
import { amf, opc, rand, subscriberKey } from '#protocol/gba/milenage.ts'
import { cardMistake } from './card-mistakes.ts'

/** 3GPP TS 35.208, test set 1. */
const K = '465b5ce8b199b49faa5f0a2ee238a6bc'
const OP = 'cdc202d5123e20f62b6d676ac72cb318'
const OPC = 'cd63cb71954a9f4e48a5994e37a02baf'

const challenge = makeVector(
  { k: subscriberKey(fromHex(K)), opc: opc(fromHex(OPC)) },
  { rand: rand(fromHex('23553cbe9637a89d218ae64dae47bf35')), sqn: 77, amf: amf(fromHex('b9b9')) },
)

const ROWS = [
  {
    slip: 'one digit of K',
    secrets: [K.replace('465b', '465c'), OPC],
    which: 'k',
    said: 'k is wrong in digit 4',
  },
  {
    slip: 'two digits of K exchanged',
    secrets: [K.replace('465b', '645b'), OPC],
    which: 'k',
    said: 'k is wrong in digits 1 and 2',
  },
  {
    slip: 'the last digit of OPc',
    secrets: [K, OPC.replace(/f$/, '0')],
    which: 'opc',
    said: 'opc is wrong in digit 32',
  },
  {
    slip: 'OP in place of OPc',
    secrets: [K, OP],
    which: 'opc',
    said: 'opc is OP, the code of the operator, not OPc',
  },
  { slip: 'K and OPc exchanged', secrets: [OPC, K], which: 'both', said: 'k and opc are exchanged' },
] as const

describe('a card whose secrets are not those of its network', () => {
  it.each(ROWS)('recognises $slip', ({ secrets: [k, code], which, said }) => {
    const mistake = cardMistake({ k, opc: code }, challenge)
    expect(mistake).toEqual({ which, said, right: { k: K, opc: OPC } })
  })

  it('says nothing of secrets that are another card', () => {
    expect(cardMistake({ k: '0'.repeat(32), opc: OPC }, challenge)).toBeNull()
  })
})
