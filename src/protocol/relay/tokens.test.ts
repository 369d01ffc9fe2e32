import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { encodeBase64, decodeBase64 } from '../base64.ts'
import { fromHex } from '../bytes.ts'
import { TOKEN_CHARACTERS, directoryToken, parseDirectoryToken } from './tokens.ts'

describe('a directory token', () => {
  test.each(vectors.tokens)(
    'RELAY-DIRECTORY-03: of $number is $token ($source)',
    ({ number, token, bytes }) => {
      expect(directoryToken(number)).toBe(token)
      expect(parseDirectoryToken(token)).toEqual({ kind: 'token', token, bytes: fromHex(bytes) })
    },
  )

  test('depends on the plus sign (E-48)', () => {
    expect(directoryToken('+14152222222')).not.toBe(directoryToken('14152222222'))
  })

  test.prop([fc.string()])('is always 14 characters without padding', (number) => {
    const token = directoryToken(number)
    expect(token).toHaveLength(TOKEN_CHARACTERS)
    expect(decodeBase64(token)).toMatchObject({ kind: 'decoded', padded: false })
    expect(parseDirectoryToken(token)).toMatchObject({ kind: 'token', token })
  })

  test.each([
    '!!!!!!!!!!!!!!',
    'BQVVHxMt5zAF-_',
    'a',
    '',
    'BQVVHxMt5zAFXA==',
    'BQVVHxMt5zAFXA\n',
    'BQVVHxMt5zAFXB',
  ])('is not %j (E-47)', (text) => {
    expect(parseDirectoryToken(text)).toMatchObject({
      kind: 'parse-error',
      reason: expect.stringContaining('token'),
    })
  })

  test.prop([fc.uint8Array({ maxLength: 24 }).filter((bytes) => bytes.length !== 10)])(
    'is not of any other length',
    (bytes) => {
      expect(parseDirectoryToken(encodeBase64(bytes, { padded: false }))).toEqual({
        kind: 'parse-error',
        reason: `token: expected 10 bytes, got ${bytes.length}`,
      })
    },
  )
})
