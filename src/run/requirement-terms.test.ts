import { describe, expect, it } from 'vitest'
import { isNamedBy, meantBy, ofAnotherProtocol } from './requirement-terms.ts'

const IDS = ['RELAY-CODE-01', 'RELAY-MESSAGE-12', 'RELAY-MESSAGE-13']

describe('a requirement', () => {
  it.each(['RELAY-CODE-01', 'relay-code-01', 'RELAY-CODE', 'CODE', 'code', 'RELAY'])(
    'is named by %s',
    (term) => {
      expect(isNamedBy(term, 'RELAY-CODE-01')).toBe(true)
    },
  )

  it.each(['RELAY-COD', 'RELAY-CODE-', 'CODE-01', '01', '', 'MSTORE'])('is not named by "%s"', (term) => {
    expect(isNamedBy(term, 'RELAY-CODE-01')).toBe(false)
  })
})

describe('of a term that names nothing is said', () => {
  it.each([
    ['an id without its protocol', 'message-12', '; did you mean RELAY-MESSAGE-12?'],
    ['a misspelt area', 'MESAGE', '; did you mean MESSAGE?'],
    ['a misspelt area with its protocol', 'RELAY-MESAGE', '; did you mean RELAY-MESSAGE?'],
    ['a misspelt name', 'sends the code', '; did you mean sends a code?'],
    ['several', 'RELAY-CODE-01,RELAY-MESSAGE-12', '; to name several, give the option once for each'],
    ['nothing near', 'XYZZY-PLUGH', ''],
  ])('what was meant by %s', (_, term, expected) => {
    expect(meantBy(term, IDS, ['sends a code'])).toBe(expected)
  })

  it.each([
    ['MSTORE-FLAG-02', 'it is of mstore, and this command of relay'],
    ['flag', 'it is of mstore, and this command of relay'],
    ['MSTORE-FLAG-99', null],
    ['RELAY-CODE-02', null],
  ])('that %s is of another protocol, where it is', (term, expected) => {
    expect(ofAnotherProtocol(term, IDS)).toBe(expected)
  })
})
