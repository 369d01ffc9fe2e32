import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { CLIENT_WRAPPING, unwrapBase64, wrapBase64 } from './transfer-encoding.ts'

const wrapping = fc.record({
  columns: fc.integer({ min: 1, max: 100 }),
  lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
  trailing: fc.boolean(),
})

describe('Base64 in lines', () => {
  test.each([
    [57, `${'AAAA'.repeat(19)}\n`],
    [58, `${'AAAA'.repeat(19)}\nAA==\n`],
    [59, `${'AAAA'.repeat(19)}\nAAA=\n`],
    [60, `${'AAAA'.repeat(19)}\nAAAA\n`],
    [0, ''],
  ])('of %i bytes is as Python 3 writes it (base64.encodebytes)', (length, text) => {
    expect(wrapBase64(new Uint8Array(length), CLIENT_WRAPPING)).toBe(text)
  })

  test.prop([fc.uint8Array({ maxLength: 300 }), wrapping])(
    'MSTORE-PAYLOAD-12, MSTORE-UPLOAD-25: survives its lines, which are counted',
    (bytes, wrapping) => {
      const length = Math.ceil(bytes.length / 3) * 4
      expect(unwrapBase64(wrapBase64(bytes, wrapping))).toEqual({
        kind: 'decoded',
        bytes,
        padded: true,
        longestLine: Math.min(length, wrapping.columns),
        lines: Math.ceil(length / wrapping.columns),
      })
    },
  )

  test('may lack its padding, which is reported', () => {
    expect(unwrapBase64('Zm9v\r\nYg\r\n')).toMatchObject({ kind: 'decoded', padded: false })
  })

  test.each(['!', 'Zm9v\nZ', 'Zm=9v', 'Zm 9v', 'Zm9v-_'])('is not %j', (text) => {
    expect(unwrapBase64(text)).toEqual({
      kind: 'parse-error',
      reason: expect.stringContaining('transfer encoding: Base64'),
    })
  })
})
