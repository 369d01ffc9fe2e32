import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { MailboxTrial } from '../../tests/mstore-trial.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { makeAmr } from '#protocol/mstore/amr.ts'
import { boundaryOf, parseMultipart, partHeader } from '#protocol/mstore/multipart.ts'
import { unwrapBase64 } from '#protocol/mstore/transfer-encoding.ts'

describe('a payload', () => {
  it('is served as Base64 in lines, with the headers that the object gives', () => {
    const trial = new MailboxTrial()
    const voicemail = trial.leave({ audio: makeAmr(20) })
    const { payloadPart } = trial.read(voicemail)
    const { status, headers, bytes } = trial.payload(voicemail)
    expect(status).toBe(200)
    expect(headers.get('Content-Type')).toBe(payloadPart.contentType)
    expect(headers.get('Content-Transfer-Encoding')).toBe(payloadPart.contentEncoding)
    expect(headers.get('Content-Disposition')).toBe(payloadPart.contentDisposition)
    expect(fromUtf8(bytes)).toMatch(/^(?:[A-Za-z0-9+/]{76}\r\n)+[A-Za-z0-9+/]{1,76}={0,2}$/)
  })

  it('of the whole object is the message that the attributes describe', () => {
    const trial = new MailboxTrial()
    const voicemail = trial.leave()
    const { attributes, payloadPart } = trial.read(voicemail)
    const { headers, bytes } = trial.payload(voicemail, 'payload')
    const type = headers.get('Content-Type') ?? ''
    expect(type).toBe(attributes.get('content-type'))
    expect(headers.get('Content-Transfer-Encoding')).toBe(attributes.get('Content-Transfer-Encoding'))
    expect(boundaryOf(type)).toMatchObject({ boundary: voicemail.boundary })
    const message = parseMultipart(voicemail.boundary, bytes)
    expect(message).toMatchObject({ kind: 'multipart', parts: [{ body: trial.payload(voicemail).bytes }] })
    const parts = message.kind === 'multipart' ? message.parts : []
    expect(parts.map((part) => partHeader(part, 'Content-Disposition'))).toEqual([
      payloadPart.contentDisposition,
    ])
  })

  test.prop([fc.uint8Array({ minLength: 1, maxLength: 300 })])(
    'is what was uploaded, byte for byte',
    (audio) => {
      const trial = new MailboxTrial()
      const { bytes } = trial.payload(trial.greeting({ audio }))
      expect(unwrapBase64(fromUtf8(bytes) ?? '!')).toMatchObject({
        kind: 'decoded',
        bytes: audio,
        padded: true,
      })
    },
  )

  it.each([
    ['payloadParts/part99', 'unknown-payload'],
    ['payloadParts/part1/x', 'unknown-payload'],
    ['nothing', 'unknown-payload'],
  ])('is not there under %s', (below, kind) => {
    const trial = new MailboxTrial()
    expect(trial.payload(trial.leave(), below)).toMatchObject({ kind, status: 404 })
  })

  it('leaves the object as it was, and goes with it', () => {
    const trial = new MailboxTrial()
    const voicemail = trial.leave()
    trial.payload(voicemail)
    expect(trial.objects('voicemails')).toEqual([voicemail])
    trial.store.apply([
      { kind: 'object-removed', msisdn: '+15555558264', path: [...trial.mailbox().objects.keys()][0] ?? '' },
    ])
    expect(trial.payload(voicemail)).toMatchObject({ kind: 'unknown-object', status: 404 })
  })
})
