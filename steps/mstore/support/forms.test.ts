import { describe, expect, it } from 'vitest'
import type { Beside } from './forms.ts'
import { fitsForm } from './forms.ts'

const PLACE = 'https://h.example:443/phone20/mStoreRelay?path=http://in.example:8082/oemclient/nms/v1/ums'
const MAILBOX = `${PLACE}/tel%3A%2B15555558264`

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
    ['an instant in UTC', '2024-05-01T10:00:00Z', '2024-05-01T10:00:00+00:00'],
    ['an instant after its date', '2024-05-01T10:00:01Z', '2024-05-01T10:00:00Z'],
    ['text that begins with an instant', '2024-05-01T10:00:00Z-conn:1', '1714557600000'],
    ['In or Out', 'Out', 'in'],
    ['digits', '1', '+1'],
    ['digits, perhaps with a domain', '15551234567@tmo.com', '+15551234567'],
    ["the subscriber's digits", '15555558264', '15555558264@tmo.com'],
    ["the subscriber's digits, perhaps with a domain", '15555558264@tmo.com', '15555558265@tmo.com'],
    ['a transfer encoding', 'base64', 'gzip'],
    ['a media type other than of audio', 'multipart/mixed; boundary="a"', 'multipart/mixed'],
    ['a media type other than of audio', 'text/plain', 'audio/amr'],
    ['an attachment with a file name', 'attachment; filename="a.amr"', 'attachment;filename="a.amr"'],
    ['an attachment with a file name', 'attachment; filename="a.amr"', 'attachment; filename="../a.amr"'],
    ['its Message-Id', 'id', 'another'],
    ['text that begins /VV-Mail/Inbox/', '/VV-Mail/Inbox/1', '/VV-Mail/Inbox/'],
    ['an extended URL below /objects/', `${MAILBOX}/objects/1`, `${MAILBOX}/objects/`],
    ['an extended URL below /objects/', `${MAILBOX}/objects/1`, `${MAILBOX}/folders/1`],
    [
      'an extended URL ending /objects/[OBJECT PATH]',
      `${MAILBOX}/objects/folder:12`,
      `${MAILBOX}/objects/folder:1`,
    ],
    [
      'an extended URL ending /folders/f',
      `${MAILBOX}/folders/f`,
      'https://h.example:443/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15555558264/folders/f',
    ],
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
