import { describe, expect, it } from 'vitest'
import { utf8 } from '#protocol/bytes.ts'
import type { Answer } from '../wire-client.ts'
import {
  bulkOf,
  folderOf,
  isNetworkErrorAnswer,
  listAt,
  objectOf,
  payloadOf,
  pinRefusalOf,
  profileOf,
  searchPageOf,
} from './answers.ts'

interface AnswerSettings {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

function answer(body: unknown, { status = 200, headers = {} }: AnswerSettings = {}): Answer {
  const bytes = utf8(typeof body === 'string' ? body : JSON.stringify(body))
  const header = (name: string) =>
    Object.entries(headers).find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1] ?? null
  return { status, statusLine: `HTTP/1.0 ${status}`, headers: [], body: bytes, header, exchange: {} as never }
}

const attributes = (...list: readonly unknown[]) => ({ attributes: { attribute: list } })
const part = {
  contentType: 'audio/amr',
  size: '6',
  contentEncoding: 'base64',
  href: 'https://x/1',
  contentDisposition: 'attachment; filename="a.amr"',
}
const item = { ...attributes({ name: 'to', value: ['1'] }), resourceURL: 'https://x/o', payloadPart: [part] }
const result = (url: string, code: unknown = '200') => ({ code, reason: 'OK', success: { resourceURL: url } })
const bulk = (...response: readonly unknown[]) => ({ bulkResponseList: { response } })

describe('what is read of an answer', () => {
  it('is the profile, unknown attributes and any order included', () => {
    const body = {
      vvmserviceProfile: attributes({ name: 'x', value: ['1'] }, { name: 'nut', value: ['True'] }),
    }
    expect(profileOf(answer(body))).toMatchObject({
      kind: 'attributes',
      values: new Map([
        ['x', '1'],
        ['nut', 'True'],
      ]),
    })
  })

  it.each([
    ['no JSON', '<html>'],
    ['no list', {}],
    ['nothing', ''],
    ['a number', { vvmserviceProfile: attributes({ name: 'nut', value: [1] }) }],
  ])('is a mistake of a profile with %s', (_, body) => {
    expect(profileOf(answer(body))).toMatchObject({ kind: 'parse-error' })
  })

  it('is a folder with its own URL in either place (E-22)', () => {
    const inside = { folder: { attributes: { attribute: [], resourceURL: 'https://x/f' } } }
    const beside = { folder: { ...attributes(), resourceURL: 'https://x/f' } }
    expect(folderOf(answer(inside))).toMatchObject({ urlPlace: 'attributes', resourceURL: 'https://x/f' })
    expect(folderOf(answer(beside))).toMatchObject({ urlPlace: 'folder', resourceURL: 'https://x/f' })
  })

  it('is an object without its flags, and none with two parts (E-37)', () => {
    expect(objectOf(answer({ object: item }))).toMatchObject({
      kind: 'object',
      flags: [],
      parentFolder: null,
    })
    expect(objectOf(answer({ object: { ...item, payloadPart: [part, part] } }))).toMatchObject({
      kind: 'parse-error',
    })
    expect(objectOf(answer(item))).toMatchObject({ kind: 'parse-error' })
  })

  it('is an empty page of a search that answers 204 (E-06)', () => {
    expect(searchPageOf(answer('', { status: 204 }))).toEqual({ kind: 'page', objects: [], cursor: null })
  })

  it('is a page with its cursor, and a mistake where the cursor is null or an item is none', () => {
    const page = (list: object) => searchPageOf(answer({ objectList: list }))
    expect(page({ object: [item], cursor: 'zz%/é:A' })).toMatchObject({
      cursor: 'zz%/é:A',
      objects: [{ kind: 'object' }],
    })
    expect(page({ object: [] })).toMatchObject({ cursor: null })
    expect(page({ object: [], cursor: null })).toMatchObject({ kind: 'parse-error' })
    expect(page({ object: [{}] })).toMatchObject({ kind: 'parse-error' })
  })

  it.each([500, 502, 200])(
    'is every result, whatever the status %i, out of NWK_RSP too (MSTORE-BULKUPDATE-12)',
    (status) => {
      const wrapped = { NWK_RSP: JSON.stringify(bulk(result('https://x/o'))) }
      expect(bulkOf(answer(wrapped, { status }))).toMatchObject({
        wrapped: true,
        results: [{ kind: 'success', url: 'https://x/o' }],
      })
    },
  )

  it('is the results inside NWK_RSP inside NWK_RSP, and codes that are numbers', () => {
    const inner = JSON.stringify({ NWK_RSP: JSON.stringify(bulk(result('https://x/o', 200))) })
    expect(bulkOf(answer({ NWK_RSP: inner }, { status: 500 }))).toMatchObject({
      results: [{ code: '200' }],
      stringified: 2,
    })
  })

  it('is the error without results, and a mistake where there is neither', () => {
    const error = { error: 'MSTORE_RLY-MST_NWKERR' }
    expect(bulkOf(answer(error))).toEqual({ kind: 'network-error' })
    expect(isNetworkErrorAnswer(answer(error))).toBe(true)
    expect(isNetworkErrorAnswer(answer({ ...error, hint: 'x' }))).toBe(false)
    expect(isNetworkErrorAnswer(answer('gateway'))).toBe(false)
    expect(bulkOf(answer({ NWK_RSP: '{"bulk' }))).toMatchObject({ kind: 'parse-error' })
  })

  it.each([
    ['in lines', 'IyFB\r\nTVIK\r\n'],
    ['in one line', 'IyFBTVIK'],
  ])('is audio in Base64 %s, where the header says so (MSTORE-PAYLOAD-11, MSTORE-PAYLOAD-12)', (_, body) => {
    const headers = { 'content-transfer-encoding': 'base64' }
    expect(payloadOf(answer(body, { headers }))).toEqual({
      kind: 'payload',
      audio: utf8('#!AMR\n'),
      encoded: true,
    })
    expect(payloadOf(answer(body))).toMatchObject({ audio: utf8(body), encoded: false })
  })

  it('is audio in Base64 where only the object says so, if it can be decoded', () => {
    expect(payloadOf(answer('IyFBTVIK'), 'base64')).toMatchObject({ audio: utf8('#!AMR\n'), encoded: true })
    expect(payloadOf(answer('{}'), 'base64')).toMatchObject({ audio: utf8('{}'), encoded: false })
  })

  it('is a mistake of Base64 that is broken', () => {
    const headers = { 'Content-Transfer-Encoding': 'base64' }
    expect(payloadOf(answer('IyFB!', { headers }))).toMatchObject({ kind: 'parse-error' })
  })

  it('is why a PIN was refused, by the header in any case and nothing else (MSTORE-PIN-20, MSTORE-PIN-21)', () => {
    const headers = { 'Reason-Phrase': 'PIN in Use' }
    expect(pinRefusalOf(answer('', { status: 403, headers }))).toEqual({
      kind: 'known',
      reason: 'PIN in Use',
    })
    expect(pinRefusalOf(answer('', { status: 403 }))).toEqual({ kind: 'unknown', text: null })
  })

  it('is the list at a path, and nothing where there is another thing', () => {
    expect(listAt(answer({ a: { b: [1] } }), 'a.b')).toEqual([1])
    expect(listAt(answer({ a: { b: {} } }), 'a.b')).toBeNull()
    expect(listAt(answer('['), 'a.b')).toBeNull()
  })
})
