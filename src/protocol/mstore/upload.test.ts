import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fromUtf8, utf8 } from '../bytes.ts'
import { makeAmr } from './amr.ts'
import { BASE64_COLUMNS } from './transfer-encoding.ts'
import { uploadMistakes } from './upload-mistakes.ts'
import type { UploadMessage } from './upload.ts'
import { buildUpload, parseUpload, uploadRoot } from './upload.ts'

const root = uploadRoot({
  parentFolderPath: '/VV-Mail/Greetings',
  attributes: [['subject', 'Grüße "x" \\ y']],
  flags: ['\\Seen'],
})
const base = { root, audio: makeAmr(10), outerBoundary: 'outer-1', innerBoundary: 'inner-2' }
const built = buildUpload(base)

function reading(message: UploadMessage) {
  const upload = parseUpload(message)
  if (upload.kind === 'parse-error') throw new Error(upload.reason)
  return upload
}

function requirementsBroken(message: UploadMessage): readonly string[] {
  return uploadMistakes(message.contentType, message.body, reading(message)).map(
    ({ requirement }) => requirement,
  )
}

/** The same message with `from` replaced in its text, all lengths left as they were. */
function changed(from: string, to: string): UploadMessage {
  const text = fromUtf8(built.body) ?? ''
  expect(text).toContain(from)
  return { ...built, body: utf8(text.replace(from, to)) }
}

test('MSTORE-UPLOAD-28: notes audio that is no AMR file, or not a whole one', () => {
  expect(requirementsBroken(buildUpload(base))).toEqual([])
  for (const audio of [utf8('RIFF....WAVE'), makeAmr(3).subarray(0, -1)]) {
    expect(requirementsBroken(buildUpload({ ...base, audio }))).toEqual(['MSTORE-UPLOAD-28'])
  }
})

describe('an upload', () => {
  test('is structured as the mStore spec says', () => {
    const json = JSON.stringify(root)
    const base64 = /\r\n\r\n([A-Za-z0-9+/=\n]+)\r\n--inner-2--/.exec(fromUtf8(built.body) ?? '')?.[1] ?? ''
    const inner =
      '--inner-2\r\nContent-Disposition: attachment;filename="audio.amr"\r\nContent-Transfer-Encoding: base64\r\n' +
      `Content-Type: audio/amr\r\nContent-Length: ${base64.length}\r\n\r\n${base64}\r\n--inner-2--\r\n`
    expect(fromUtf8(built.body)).toBe(
      '--outer-1\r\nContent-Disposition: form-data; name="root-fields"\r\n' +
        `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${utf8(json).length}\r\n\r\n${json}\r\n` +
        '--outer-1\r\nContent-Disposition: form-data;name="attachments"\r\n' +
        `Content-Type: multipart/mixed; boundary=inner-2\r\nContent-Length: ${inner.length}\r\n\r\n${inner}\r\n` +
        '--outer-1--\r\n',
    )
    expect(built.contentType).toBe('multipart/form-data; boundary=outer-1')
    expect(utf8(json).length).toBeGreaterThan(json.length)
  })

  test.prop([
    fc.uint8Array({ maxLength: 400 }),
    fc.jsonValue(),
    fc.constantFrom('\n' as const, '\r\n' as const),
  ])('MSTORE-UPLOAD-12: survives with any audio and any root', (audio, value, lineEnd) => {
    const wrapping = { columns: BASE64_COLUMNS, lineEnd, trailing: true }
    const upload = reading(buildUpload({ ...base, root: value, audio, wrapping }))
    expect(upload.audio.bytes).toEqual(audio)
    expect(upload.root).toEqual(JSON.parse(JSON.stringify(value)))
    expect([upload.outerBoundary, upload.innerBoundary]).toEqual(['outer-1', 'inner-2'])
  })

  test.each([10, 11, 12].map((frames) => makeAmr(frames, [0])))(
    'MSTORE-UPLOAD-17 to MSTORE-UPLOAD-31: breaks nothing when built here, whatever the padding',
    (audio) => {
      expect(requirementsBroken(buildUpload({ ...base, audio }))).toEqual([])
    },
  )

  test.each([
    ['MSTORE-UPLOAD-03', changed('"object":', '"Object":'), ['MSTORE-UPLOAD-03', 'MSTORE-UPLOAD-04']],
    ['MSTORE-UPLOAD-04', changed('"parentFolderPath"', '"parentfolderpath"'), ['MSTORE-UPLOAD-04']],
    [
      'MSTORE-UPLOAD-17',
      changed('form-data; name="root-fields"', 'inline; name="root-fields"'),
      ['MSTORE-UPLOAD-17'],
    ],
    ['MSTORE-UPLOAD-18', changed('; charset=utf-8', ''), ['MSTORE-UPLOAD-18']],
    ['MSTORE-UPLOAD-19', changed('Grüße', 'Gruse'), ['MSTORE-UPLOAD-19']],
    [
      'MSTORE-UPLOAD-20',
      changed('form-data;name="attachments"', 'inline;name="attachments"'),
      ['MSTORE-UPLOAD-20'],
    ],
    ['MSTORE-UPLOAD-21', changed('multipart/mixed', 'multipart/related'), ['MSTORE-UPLOAD-21']],
    ['MSTORE-UPLOAD-22', changed('--inner-2--\r\n\r\n', '--inner-2--\r\n'), ['MSTORE-UPLOAD-22']],
    [
      'MSTORE-UPLOAD-26',
      changed('attachment;filename', 'form-data;filename'),
      ['MSTORE-UPLOAD-26', 'MSTORE-UPLOAD-22'],
    ],
    ['MSTORE-UPLOAD-28', changed('audio/amr', 'audio/ogg'), ['MSTORE-UPLOAD-28']],
    ['MSTORE-UPLOAD-27', changed('Encoding: base64', 'Encoding: BASE64'), []],
    ['MSTORE-UPLOAD-27', changed('Encoding: base64', 'Encoding: binary'), ['MSTORE-UPLOAD-27']],
  ] as const)('%s: is judged', (_, message, broken) => {
    expect(requirementsBroken(message)).toEqual(expect.arrayContaining([...broken]))
    expect(requirementsBroken(message)).toHaveLength(broken.length)
  })

  test('MSTORE-UPLOAD-02, MSTORE-UPLOAD-24: is judged by the number of its documents', () => {
    expect(requirementsBroken(changed('--outer-1--', '--outer-1\r\n\r\nx\r\n--outer-1--'))).toEqual([
      'MSTORE-UPLOAD-02',
    ])
    const two = changed('--inner-2--', '--inner-2\r\n\r\nx\r\n--inner-2--')
    expect(requirementsBroken(two)).toEqual(['MSTORE-UPLOAD-22', 'MSTORE-UPLOAD-24'])
  })

  test('MSTORE-UPLOAD-23: is judged by its boundaries', () => {
    expect(requirementsBroken(buildUpload({ ...base, innerBoundary: 'outer-12' }))).toEqual([
      'MSTORE-UPLOAD-23',
    ])
    expect(parseUpload(buildUpload({ ...base, innerBoundary: 'outer-1' }))).toMatchObject({
      kind: 'parse-error',
    })
  })

  test('MSTORE-UPLOAD-25, MSTORE-UPLOAD-29: is judged by the lines and the padding of its audio', () => {
    const oneLine = buildUpload({ ...base, wrapping: { columns: 10_000, lineEnd: '\n', trailing: false } })
    expect(requirementsBroken(oneLine)).toEqual(['MSTORE-UPLOAD-25'])
    const unpadded = changed('=\n', '\n')
    expect(requirementsBroken(unpadded)).toEqual(['MSTORE-UPLOAD-22', 'MSTORE-UPLOAD-29', 'MSTORE-UPLOAD-25'])
  })

  test('MSTORE-UPLOAD-30: is judged by its media type', () => {
    const { contentType } = built
    expect(requirementsBroken({ ...built, contentType: contentType.replace('form-data', 'mixed') })).toEqual([
      'MSTORE-UPLOAD-30',
    ])
    expect(parseUpload({ ...built, contentType: 'multipart/form-data' })).toMatchObject({
      kind: 'parse-error',
    })
  })

  test.each([
    ['name="root-fields"', 'name="root"', 'expected a document root-fields, got none'],
    ['name="attachments"', 'name="file"', 'expected a document attachments, got none'],
    ['{"object"', '"object"', 'JSON'],
    [
      'multipart/mixed; boundary=inner-2',
      'multipart/mixed; boundary=inner-3',
      'expected the delimiter --inner-3',
    ],
    ['IyFBTVI', '!', 'transfer encoding: Base64'],
  ])('is not one with %j for %j', (from, to, reason) => {
    expect(parseUpload(changed(from, to))).toEqual({
      kind: 'parse-error',
      reason: expect.stringContaining(reason),
    })
  })

  test.prop([fc.uint8Array(), fc.string()])('never breaks the reader', (body, contentType) => {
    expect(parseUpload({ contentType, body }).kind).toBe('parse-error')
    expect(parseUpload({ ...built, body }).kind).toBe('parse-error')
  })
})
