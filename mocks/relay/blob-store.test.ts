import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '#protocol/bytes.ts'
import { BlobStore } from './blob-store.ts'

function attachment(name: string) {
  return { id: `id ${name}`, key: name, owner: 'owner' }
}

describe('the blob store', () => {
  it('keeps the bytes that were put last, each key its own', () => {
    const command = fc.record({ key: fc.constantFrom('a', 'b', 'c'), text: fc.string({ maxLength: 3 }) })
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const store = new BlobStore()
        const last = new Map<string, string>()
        for (const { key, text } of commands) {
          store.put(key, utf8(text))
          last.set(key, text)
        }
        for (const [key, text] of last) expect(store.bytes(key)).toEqual(utf8(text))
      }),
    )
  })

  it('keeps equal bytes once, as long as one key has them', () => {
    const store = new BlobStore({ attachments: 10, bytes: 10 })
    const [first, second] = [utf8('12345678'), utf8('12345678')]
    store.put('a', first)
    store.put('b', second)
    expect(store.bytes('b')).toBe(first)
    store.put('a', utf8('9'))
    expect([store.bytes('a'), store.bytes('b')]).toEqual([utf8('9'), first])
  })

  it('drops the bytes put longest ago where there are too many, and never the latest', () => {
    const store = new BlobStore({ attachments: 10, bytes: 10 })
    for (const key of ['a', 'b', 'c']) store.put(key, utf8(`${key}....`))
    expect(['a', 'b', 'c'].map((key) => store.bytes(key)?.length)).toEqual([undefined, 5, 5])
    store.put('d', utf8('longer than all that is kept'))
    expect(['b', 'c', 'd'].map((key) => store.bytes(key)?.length)).toEqual([undefined, undefined, 28])
  })

  it('drops the oldest attachment where there are too many, with its bytes', () => {
    const store = new BlobStore({ attachments: 2, bytes: 10 })
    store.allocate(attachment('a'))
    store.put('a', utf8('bytes'))
    store.allocate(attachment('b'))
    store.allocate(attachment('c'))
    expect([store.byId('id a'), store.byKey('a'), store.bytes('a')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect([store.byId('id b'), store.byKey('c')]).toEqual([attachment('b'), attachment('c')])
    expect(store.latest).toEqual(attachment('c'))
  })
})
