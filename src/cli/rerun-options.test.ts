import { expect, test } from 'vitest'
import { rerunArguments } from '#run/rerun-arguments.ts'
import { rerunOptions } from './rerun-options.ts'

test.each([
  ['relay', { url: 'http://127.0.0.1:8080', control: 'http://127.0.0.1:8081' }],
  ['mstore', { target: "it's a file.yaml", allow: ['writes', 'sends'], timeout: 9000, rate: 2.5 }],
  [undefined, { insecure: true, redactNumbers: true, ca: '/tmp/a b/ca.pem', dialect: 'deployed' }],
] as const)('a run of %s names its target again as it was named', (protocol, options) => {
  expect(rerunOptions(rerunArguments(protocol, options))).toEqual({ protocol, options })
})

test('what is no matter of the target is left aside', () => {
  const rerun = rerunArguments('relay', { features: ['a b.feature', 'c.feature'] })
  expect(rerunOptions(rerun)).toEqual({ protocol: 'relay', options: { features: 'c.feature' } })
})
