import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PrekeyQueue, type StoredPrekey } from './prekey-queue.ts'

function prekey(keyId: number, lastResort = false): StoredPrekey {
  return { keyId, publicKey: `public ${keyId}`, identityKey: 'identity', lastResort }
}

const keyIds = fc.uniqueArray(fc.nat(0xfffffe), { minLength: 1, maxLength: 30 })

describe('the keys of a device', () => {
  it('come out by ascending id, in whatever order they went in', () => {
    fc.assert(
      fc.property(keyIds, (ids) => {
        const queue = new PrekeyQueue(ids.map((id) => prekey(id)))
        const taken: number[] = []
        for (let next = queue.smallest; next !== undefined; next = queue.smallest) {
          queue.handOut({ prekey: next, to: '', at: 0 }, true)
          taken.push(next.keyId)
        }
        expect(taken).toEqual([...ids].sort((left, right) => left - right))
        expect([queue.size, queue.remaining()]).toEqual([0, []])
      }),
    )
  })

  it('may be taken from anywhere', () => {
    fc.assert(
      fc.property(keyIds, fc.array(fc.nat(29)), (ids, places) => {
        const queue = new PrekeyQueue(ids.map((id) => prekey(id)))
        const gone = new Set(places.flatMap((place) => queue.uploaded[place] ?? []))
        for (const key of gone) queue.handOut({ prekey: key, to: '', at: 0 }, true)
        const left = queue.uploaded.filter((key) => !gone.has(key))
        expect(queue.remaining()).toEqual(left)
        expect(queue.smallest).toBe(left[0])
        expect(queue.size).toBe(left.length)
      }),
    )
  })

  it('stay where they are not used up', () => {
    const queue = new PrekeyQueue([prekey(5, true)])
    const handOut = { prekey: prekey(5, true), to: 'a caller', at: 7 }
    queue.handOut(handOut, false)
    expect(queue.smallest).toEqual(prekey(5, true))
    expect(queue.latest).toBe(handOut)
  })
})
