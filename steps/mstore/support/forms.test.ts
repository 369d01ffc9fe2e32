import { describe, expect, it } from 'vitest'
import type { Beside } from './forms.ts'
import { fitsForm } from './forms.ts'

const PLACE = 'https://h.example:443/phone20/mStoreRelay?path=http://in.example:8082/oemclient/nms/v1/ums'
const MAILBOX = `${PLACE}/tel%3A%2B15555558264`

const SIMPLE = 'http://[::1]:8080/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15555558264'

const beside: Beside = {
  msisdn: '+15555558264',
  objectPath: 'folder%3A12',
  attributes: new Map([
    ['date', '2024-05-01T10:00:00Z'],
    ['Message-Id', 'id'],
    ['OccupiedStorage', '7'],
  ]),
}

describe('fitsForm', () => {
  it.each([
    ['any text', 'x', ''],
    ['a boolean', 'True', 'yes'],
    ['TRUE', 'true', 'false'],
    ['the text itself', 'the text itself', 'another'],
    ['a whole number', '10', '1.0'],
    ['a whole number, at least 7', '7', '6'],
    ['a whole number, at least OccupiedStorage', '10', '6'],
    ['a whole number, at most OccupiedStorage', '7', '10'],
    ['a number of seconds', '5.2', '00:05'],
    ['an instant', '2024-05-01T10:00:00Z', '1714557600000'],
    ['an instant', '2024-05-01T12:00:00+02:00', '2024-05-01'],
    ['the instant 2024-05-01T10:00:00Z', '2024-05-01T12:00:00+02:00', '2024-05-01T10:00:00+02:00'],
    ['an instant after its date', '2024-05-01T10:00:01Z', '2024-05-01T10:00:00Z'],
    ['a timestamp', '2024-05-01T10:00:00Z-conn:1', '====outer1=='],
    ['a timestamp', '1714557600000', '12'],
    ['digits', '1', '+1'],
    ['a number, perhaps with a domain', '15551234567@tmo.com', 'alice@tmo.com'],
    ['a number, perhaps with a domain', '+15551234567', '1555 1234567'],
    ["the subscriber's number", '15555558264', '15555558264@tmo.com'],
    ["the subscriber's number", '+15555558264', '15555558265'],
    ["the subscriber's number, perhaps with a domain", '15555558264@tmo.com', '15555558265@tmo.com'],
    ['a transfer encoding', 'base64', 'gzip'],
    ['a media type other than of audio', 'multipart/mixed; boundary="a"', 'multipart/mixed'],
    ['a media type other than of audio', 'text/plain', 'audio/amr'],
    ['a media type of audio', 'Audio/AMR', 'application/octet-stream'],
    ['a content disposition', 'attachment;filename=a.amr', 'filename="a.amr"'],
    ['a content disposition', 'inline', ''],
    ['its Message-Id', 'id', 'another'],
    ['text that begins /VV-Mail/Inbox/', '/VV-Mail/Inbox/1', '/VV-Mail/Inbox/'],
    ['an extended URL below /objects/', `${MAILBOX}/objects/1`, `${MAILBOX}/objects/`],
    ['an extended URL below /objects/', `${MAILBOX}/objects/1`, `${MAILBOX}/folders/1`],
    ['a URL ending /objects/[OBJECT PATH]', `${MAILBOX}/objects/folder:12`, `${MAILBOX}/objects/folder:1`],
    ['a URL ending /folders/f', `${MAILBOX}/folders/f`, `${MAILBOX}/folders/g`],
    ['a URL below /objects/', `${SIMPLE}/objects/1`, `${SIMPLE}/folders/1`],
    ['a URL below /objects/', `${MAILBOX}/objects/1`, 'https://h.example/objects/1'],
    [
      'a URL below /objects/ other than its own',
      `${SIMPLE}/objects/folder%3A12/1`,
      `${SIMPLE}/objects/folder%3A12`,
    ],
    ['a URL ending /objects/[OBJECT PATH]', `${SIMPLE}/objects/folder%3a12`, `${SIMPLE}/objects/folder%3A13`],
  ])('%s fits %s and not %s', (wanted, right, wrong) => {
    expect(fitsForm(wanted, wrong, beside)).toBe(false)
    expect(fitsForm(wanted, right, beside)).toBe(true)
  })

  it('says of "none" that there is none, and of everything else that there is one', () => {
    expect(fitsForm('none', undefined, beside)).toBe(true)
    expect(fitsForm('none', 'x', beside)).toBe(false)
    expect(fitsForm('any text', undefined, beside)).toBe(false)
  })

  it('compares with no attribute that is not there', () => {
    expect(fitsForm('a whole number, at most Missing', '1', beside)).toBe(false)
    expect(fitsForm('a whole number, at least Missing', '1', beside)).toBe(false)
  })
})
