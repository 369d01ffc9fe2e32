import { expect, it } from 'vitest'
import { textWith, textWithEverywhere } from './json-paths.ts'

const upload = { lastResortKey: { keyId: 7 }, keys: [{ keyId: 1 }, { keyId: 2 }] }

it.each([
  ['lastResortKey', undefined, '{"keys":[{"keyId":1},{"keyId":2}]}'],
  ['keys.1.keyId', 'x', '{"lastResortKey":{"keyId":7},"keys":[{"keyId":1},{"keyId":"x"}]}'],
  ['keys.0', null, '{"lastResortKey":{"keyId":7},"keys":[null,{"keyId":2}]}'],
  ['keys.0.keyId', undefined, '{"lastResortKey":{"keyId":7},"keys":[{},{"keyId":2}]}'],
  ['lastResortKey.more', 1, '{"lastResortKey":{"keyId":7,"more":1},"keys":[{"keyId":1},{"keyId":2}]}'],
] as const)('changes what stands at %s', (path, value, text) => {
  expect(textWith(upload, path, value)).toBe(text)
})

it.each(['keys.2', 'keys.x', 'lastResort.keyId', 'keys.0.keyId.0'])(
  'throws where nothing is at %s',
  (path) => {
    expect(() => textWith(upload, path, undefined)).toThrow(/place in JSON: expected/)
  },
)

it('adds a member to each object', () => {
  expect(textWithEverywhere(upload, 'x', 1)).toBe(
    '{"lastResortKey":{"keyId":7,"x":1},"keys":[{"keyId":1,"x":1},{"keyId":2,"x":1}],"x":1}',
  )
})
