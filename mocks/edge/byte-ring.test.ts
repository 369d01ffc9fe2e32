import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteRing } from './byte-ring.ts'

it('has the last bytes that were written, as many as there is room for', () => {
  const writes = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 12 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), writes, (size, chunks) => {
      const ring = new ByteRing(size)
      for (const chunk of chunks) ring.write(chunk)
      const all = Buffer.concat(chunks)
      expect(ring.end).toBe(all.length)
      expect(ring.end - ring.start).toBe(Math.min(size, all.length))
      expect(ring.read(ring.start, ring.end - ring.start)).toEqual(all.subarray(ring.start))
    }),
  )
})

it('is read in parts, and gives copies', () => {
  const ring = new ByteRing(4)
  ring.write(Buffer.from('abcdef'))
  const part = ring.read(3, 2)
  ring.write(Buffer.from('xyz'))
  expect(Buffer.from(part).toString()).toBe('de')
})
