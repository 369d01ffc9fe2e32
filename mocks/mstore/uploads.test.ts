import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { ALICE, MailboxTrial, START_MS } from '../../tests/mstore-trial.ts'
import { concat, utf8 } from '#protocol/bytes.ts'
import { makeAmr } from '#protocol/mstore/amr.ts'
import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { objectAttributeMistakes } from '#protocol/mstore/object-attributes.ts'
import { buildUpload, uploadRoot } from '#protocol/mstore/upload.ts'
import { deployed } from './dialects.ts'

const recommended = {
  'content-duration': '7',
  date: '2020-02-03T04:05:06.789Z',
  'Message-Id': '1580702706789',
  'mime-version': '1.0',
  subject: 'Grüße "x" \\ y',
  'x-cns-greeting-type': 'voice-signature',
}

describe('an upload', () => {
  it('becomes a greeting with what was given', () => {
    const trial = new MailboxTrial()
    const answered = trial.upload({ attributes: recommended })
    expect(answered).toMatchObject({ kind: 'stored', status: 201, notes: [] })
    const greeting = trial.read(trial.objects('greetings')[0] ?? trial.leave())
    expect(answered.headers.get('Location')).toBe(greeting.resourceURL)
    expect(Object.fromEntries(greeting.attributes)).toMatchObject(recommended)
    expect(greeting.correlationId).toBe(recommended['Message-Id'])
    expect(greeting.flags).toEqual([SEEN])
    expect(greeting.payloadPart.contentDisposition).toBe('attachment; filename="audio.amr"')
    expect(trial.objects('voicemails')).toEqual([])
  })

  it('needs nothing but its folder: the rest is made up', () => {
    const trial = new MailboxTrial()
    const { flags, attributes } = trial.read(trial.greeting({ flags: [], audio: makeAmr(60) }))
    expect(flags).toEqual([RECENT])
    expect(objectAttributeMistakes('greetings', attributes)).toEqual([])
    expect(attributes.get('content-duration')).toBe('2')
    expect(attributes.get('date')).toBe('2024-01-01T00:00:00Z')
    expect(attributes.get('Message-Id')).toBe(String(START_MS))
  })

  it('leaves to the server what is the server’s', () => {
    const trial = new MailboxTrial()
    const mine = { from: '1', to: '2', Direction: 'Out', importance: 'high', 'content-type': 'text/plain' }
    const { attributes, flags } = trial.read(
      trial.greeting({ attributes: mine, flags: [RECENT, KEPT, GREETING_ON] }),
    )
    expect(objectAttributeMistakes('greetings', attributes)).toEqual([])
    expect(attributes.get('from')).toBe('15555558264')
    expect(attributes.get('Direction')).toBe('In')
    expect(flags.toSorted()).toEqual([GREETING_ON, RECENT])
  })

  it('is another object each time, also of equal bytes', () => {
    const trial = new MailboxTrial()
    const [one, other] = [trial.greeting(), trial.greeting()]
    expect(one.number).not.toBe(other.number)
    expect(one.attributes.get('Message-Id')).not.toBe(other.attributes.get('Message-Id'))
  })

  it('goes to the voicemails where the mStore spec is read to the letter', () => {
    const trial = new MailboxTrial()
    const old = { date: '2020-01-01T00:00:00Z' }
    expect(trial.upload({ path: '/VV-Mail/Inbox', attributes: old }).kind).toBe('stored')
    const [voicemail] = trial.objects('voicemails')
    const { attributes } = trial.read(voicemail ?? trial.greeting())
    expect(objectAttributeMistakes('voicemails', attributes)).toEqual([])
    const refused = new MailboxTrial(deployed)
    expect(refused.upload({ path: '/VV-Mail/Inbox' })).toMatchObject({
      kind: 'forbidden-folder',
      status: 403,
    })
    expect(refused.mailbox().objects.size).toBe(0)
  })

  it.each([
    ['/VV-Mail/Nowhere', 'unknown-folder', 404],
    ['', 'unknown-folder', 404],
  ])('to %j is refused', (path, kind, status) => {
    const trial = new MailboxTrial()
    expect(trial.upload({ path })).toMatchObject({ kind, status })
    expect(trial.mailbox().objects.size).toBe(0)
  })

  it('is refused without its folder, with a root that is no JSON, with one document, with one boundary', () => {
    const trial = new MailboxTrial()
    const whole = message()
    const text = Buffer.from(whole.body).toString('latin1')
    const [, root = '', attachments = ''] = text.split('--outer')
    for (const { contentType, body } of [
      message({ object: {} }),
      message({}),
      { ...whole, body: utf8(text.replace('{"object"', '{object')) },
      { ...whole, body: utf8(`--outer${root}--outer--\r\n`) },
      { ...whole, body: utf8(`--outer${attachments}--outer--\r\n`) },
      { ...whole, body: new Uint8Array() },
      { ...whole, contentType: 'multipart/form-data' },
      message(undefined, { innerBoundary: 'outer' }),
      message(
        uploadRoot({ parentFolderPath: '/VV-Mail/Greetings', attributes: [['date', 'now']], flags: [] }),
      ),
    ]) {
      expect(trial.ask('POST', { kind: 'upload' }, { contentType, body })).toMatchObject({
        ...{ kind: 'malformed', status: 400 },
        json: { error: 'MSTORE_RLY-MST_NWKERR' },
      })
    }
    expect(trial.mailbox().objects.size).toBe(0)
  })

  it('is noted where it departs from the mStore spec', () => {
    const { contentType, body } = message()
    const text = Buffer.from(body).toString('latin1').replace('; charset=utf-8', '')
    const { kind, notes } = new MailboxTrial().ask(
      'POST',
      { kind: 'upload' },
      { contentType, body: utf8(text) },
    )
    expect(kind).toBe('stored')
    expect(notes).toEqual([expect.stringMatching(/^MSTORE-UPLOAD-18: /)])
  })

  it.each([
    ['GreetingsQuota', 1, 'busy-greeting'],
    ['NormalGreetingQuota', 1, 'normal-greeting'],
    ['VoiceSignatureQuota', 1, 'voice-signature'],
    ['TotalStorage', 1, 'busy-greeting'],
  ])('is refused beyond the %s', (quota, limit, type) => {
    const trial = new MailboxTrial()
    const { subscriber } = trial.mailbox(ALICE)
    const quotas = new Map([...subscriber.quotas, [quota, limit] as const])
    trial.store.apply([{ kind: 'subscriber-stored', subscriber: { ...subscriber, quotas } }])
    const greeting = { attributes: { 'x-cns-greeting-type': type }, audio: new Uint8Array(513) }
    expect(trial.upload(greeting).kind).toBe('stored')
    expect(trial.upload(greeting)).toMatchObject({ kind: 'over-quota', status: 403 })
    expect(trial.objects('greetings')).toHaveLength(1)
  })

  it('fills its storage to the last byte', () => {
    const trial = new MailboxTrial()
    const { subscriber } = trial.mailbox(ALICE)
    const quotas = new Map([...subscriber.quotas, ['TotalStorage', 1] as const])
    trial.store.apply([{ kind: 'subscriber-stored', subscriber: { ...subscriber, quotas } }])
    expect(trial.upload({ audio: new Uint8Array(1024) }).kind).toBe('stored')
    expect(trial.upload({ audio: new Uint8Array(1) }).kind).toBe('over-quota')
  })

  const boundary = fc.stringMatching(/^[0-9A-Za-z'()+_,./:=?-]{1,20}$/)
  test.prop([boundary, boundary])('takes any two boundaries', (outerBoundary, tail) => {
    const trial = new MailboxTrial()
    const innerBoundary = `x${tail}${outerBoundary}`
    const built = message(undefined, { outerBoundary, innerBoundary })
    const quoted = { ...built, contentType: `multipart/form-data; boundary="${outerBoundary}"` }
    const inner = Buffer.from(built.body).toString('latin1')
    const body = utf8(inner.replace(`boundary=${innerBoundary}`, () => `boundary="${innerBoundary}"`))
    expect(trial.ask('POST', { kind: 'upload' }, { ...quoted, body }).kind).toBe('stored')
  })

  it('is read past a preamble', () => {
    const { contentType, body } = message()
    const late = concat(utf8('preamble\r\n'), body)
    expect(new MailboxTrial().ask('POST', { kind: 'upload' }, { contentType, body: late }).kind).toBe(
      'stored',
    )
  })
})

function message(
  root: unknown = uploadRoot({ parentFolderPath: '/VV-Mail/Greetings', attributes: [], flags: [] }),
  over = {},
) {
  return buildUpload({ root, audio: makeAmr(3), outerBoundary: 'outer', innerBoundary: 'inner', ...over })
}
