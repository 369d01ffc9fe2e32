import { expect, it } from 'vitest'
import { assertion } from '../../tests/golden/message-stream.ts'
import { targetHint } from './target-hint.ts'

function hintFor(thing: string, got: string): string | null {
  return targetHint({ assertion: assertion('RELAY-PUSHID-02', { thing, got, ok: false }) })
}

it('names the key of the target file that may be missing', () => {
  expect(hintFor('status of PUT /v1/accounts/gcm/', '404')).toContain('reachableBy: confirmation')
  expect(hintFor('status of PUT /v1/accounts/apn/ (an ordinary request)', '404')).not.toBeNull()
  expect(hintFor('status of PUT /v1/accounts/code/{code}', '415')).toContain('registrationId: text')
})

it('names none where no key would change it', () => {
  expect(hintFor('status of PUT /v1/accounts/gcm/', '500')).toBeNull()
  expect(hintFor('status of GET /v1/attachments/', '404')).toBeNull()
})
