import { fromUtf8 } from '#protocol/bytes.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { parseError } from '#protocol/parse-error.ts'
import type { ObjectRules } from './objects.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { fault, faultRows, type MStoreFault } from './fault.ts'

const { bodies, objects, search } = documented
const LONG = 64

/** Faults in how texts are read that may be written in several ways, or hold any character. */
export const SPELLING_FAULTS: readonly MStoreFault[] = [
  ...faultRows(refusing, [
    ['MSTORE-SEARCH-30/reads-no-blanks', 'JSON with blanks before it is refused', /^\s/],
    ['MSTORE-SEARCH-30/reads-no-escapes', 'JSON with escaped letters is refused', /\\u/],
    ['MSTORE-SEARCH-30/reads-no-slashes', 'JSON with escaped slashes is refused', /\\\//],
    ['MSTORE-PROFILE-29/reads-no-blanks', 'JSON with blanks before it is refused', /^\s/],
    ['MSTORE-PROFILE-29/reads-no-escapes', 'JSON with escaped letters is refused', /\\u/],
    ['MSTORE-PROFILE-29/wants-an-order', 'the value of an attribute must come behind its name', /\{"value"/],
    ['MSTORE-PIN-24/reads-no-blanks', 'JSON with blanks before it is refused', /^\s/],
    ['MSTORE-PIN-24/reads-no-escapes', 'JSON with escaped letters is refused', /\\u00[67]/],
    ['MSTORE-PIN-24/reads-no-escaped-digits', 'JSON with escaped digits is refused', /\\u003/],
  ]),
  fault('MSTORE-SEARCH-30/wants-an-order', 'the members of a search must come as in the example', {
    search: {
      read: (body) => {
        const [first] = Object.keys(membersOf(membersOf(body)['selectionCriteria']))
        return first === 'sortCriteria' ? parseError('search: expected maxEntries first') : search.read(body)
      },
    },
  }),
  ...faultRows(subject, [
    [
      'MSTORE-OBJECT-19/keeps-ascii',
      'letters of a subject that are not ASCII are lost',
      (text) => text.replace(/[^ -~]/gu, '?'),
    ],
    [
      'MSTORE-OBJECT-19/escapes-markup',
      'the subject is escaped as for HTML',
      (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    ],
    [
      'MSTORE-OBJECT-19/decodes-percents',
      'what looks like an escape of a URL is decoded in a subject',
      (text) => text.replaceAll('%41', 'A'),
    ],
    [
      'MSTORE-OBJECT-19/loses-backslashes',
      'backslashes are lost in a subject',
      (text) => text.replaceAll('\\', ''),
    ],
    ['MSTORE-OBJECT-19/cuts-it', `a subject ends after ${LONG} characters`, (text) => text.slice(0, LONG)],
    ['MSTORE-OBJECT-19/takes-0-for-none', 'a subject of 0 is empty', (text) => (text === '0' ? '' : text)],
  ]),
]

function refusing(what: RegExp): MStorePatch {
  return {
    bodies: {
      parse: (body) =>
        what.test(fromUtf8(body) ?? '') ? parseError('JSON: expected another spelling') : bodies.parse(body),
    },
  }
}

function subject(change: (text: string) => string): MStorePatch {
  const attributes: ObjectRules['attributes'] = (own, derived, object) => {
    const shown = objects.attributes(own, derived, object)
    const text = shown.get('subject')
    return text === undefined ? shown : new Map([...shown, ['subject', change(text)]])
  }
  return { objects: { attributes } }
}
