import { describe, expect, it } from 'vitest'
import type { WireRequest } from '../wire-request.ts'
import {
  allocateAttachment,
  basic,
  clearPushId,
  confirm,
  downloadBlob,
  fetchPrekeys,
  queryDirectory,
  requestCode,
  retrieveAttachment,
  sendMessages,
  setPushId,
  uploadBlob,
  uploadPrekeys,
} from './operations.ts'

const credentials = { username: '+14155550100', password: '0123456789abcdef' }
const AUTHORIZATION = ['Authorization', 'Basic KzE0MTU1NTUwMTAwOjAxMjM0NTY3ODlhYmNkZWY=']
const JSON_TYPE = ['Content-Type', 'application/json']
const message = {
  type: 1,
  destinationDeviceId: 1,
  destinationRegistrationId: 222,
  body: 'Zm9v',
  timestamp: 1400000000123,
}

const line = ({ method, target }: WireRequest) => `${method} ${target}`
const bodyOf = ({ body }: WireRequest) => (body === null ? null : new TextDecoder().decode(body))

describe('the operations of the relay spec', () => {
  it('sends credentials as the vector has them', () => {
    expect(basic(credentials)).toBe(AUTHORIZATION[1])
  })

  it.each<[WireRequest, string, string | null]>([
    [requestCode('sms', '+14155550100'), 'GET /v1/accounts/sms/code/+14155550100', null],
    [
      confirm(credentials, '123456', { signalingKey: 'AAEC', supportsSms: false, registrationId: 222 }),
      'PUT /v1/accounts/code/123456',
      '{"signalingKey":"AAEC","supportsSms":false,"registrationId":222}',
    ],
    [
      confirm(credentials, '123456', { registrationId: '222', supportsSms: true, signalingKey: 'AAEC' }),
      'PUT /v1/accounts/code/123456',
      '{"signalingKey":"AAEC","supportsSms":true,"registrationId":"222"}',
    ],
    [setPushId('apn', credentials, 'id'), 'PUT /v1/accounts/apn/', '{"apnRegistrationId":"id"}'],
    [setPushId('gcm', credentials, 'id'), 'PUT /v1/accounts/gcm/', '{"gcmRegistrationId":"id"}'],
    [clearPushId('apn', credentials, 'id'), 'DELETE /v1/accounts/apn/', '{"apnRegistrationId":"id"}'],
    [clearPushId('gcm', credentials, 'id'), 'DELETE /v1/accounts/gcm/', '{"gcmRegistrationId":"id"}'],
    [
      uploadPrekeys(credentials, { lastResortKey: {}, keys: [] }),
      'PUT /v1/keys/',
      '{"lastResortKey":{},"keys":[]}',
    ],
    [
      queryDirectory(credentials, ['BQVVHxMt5zAFXA']),
      'PUT /v1/directory/tokens',
      '{"contacts":["BQVVHxMt5zAFXA"]}',
    ],
    [fetchPrekeys(credentials, '+14155550101', 2), 'GET /v1/keys/+14155550101/2', null],
    [fetchPrekeys(credentials, '+14155550101', '*'), 'GET /v1/keys/+14155550101/*', null],
    [fetchPrekeys(credentials, '+1', 1, 'south & east'), 'GET /v1/keys/+1/1?relay=south%20%26%20east', null],
    [
      sendMessages(credentials, '+14155550101', { messages: [message], relay: 'south' }),
      'PUT /v1/messages/+14155550101',
      '{"relay":"south","messages":[{"type":1,"destinationDeviceId":1,"destinationRegistrationId":222,"body":"Zm9v","timestamp":1400000000123}]}',
    ],
    [sendMessages(credentials, '+1', { messages: [] }), 'PUT /v1/messages/+1', '{"messages":[]}'],
    [allocateAttachment(credentials), 'GET /v1/attachments/', null],
    [retrieveAttachment(credentials, '4611686018427387905'), 'GET /v1/attachments/4611686018427387905', null],
  ])('%#: are written as the relay spec prints them', (request, expectedLine, body) => {
    expect(line(request)).toBe(expectedLine)
    expect(bodyOf(request)).toBe(body)
    const authorized = request.operation.includes('{transport}') ? [] : [AUTHORIZATION]
    expect(request.headers).toEqual(body === null ? authorized : [...authorized, JSON_TYPE])
  })

  it('RELAY-PREKEY-25: sends relay only when it is given one', () => {
    expect(fetchPrekeys(credentials, '+1', 1).target).not.toContain('relay')
    expect(bodyOf(sendMessages(credentials, '+1', { messages: [message] }))).not.toContain('relay')
  })

  it('carries blobs as octets, without credentials', () => {
    const url = 'http://blobs.test/1?Signature=a%2Fb'
    const octets = [['Content-Type', 'application/octet-stream']]
    const bytes = Uint8Array.of(1, 2)
    expect(uploadBlob(url, bytes)).toMatchObject({ method: 'PUT', url, headers: octets, body: bytes })
    expect(downloadBlob(url)).toMatchObject({ method: 'GET', url, headers: octets, body: null })
  })

  it('keeps what does not belong in a path from changing it', () => {
    expect(requestCode('sms', '+1 2/?#%').target).toBe('/v1/accounts/sms/code/+1%202%2F%3F%23%25')
  })

  it('names an operation without its secrets', () => {
    const request = confirm(credentials, '123456', {
      signalingKey: 'AAEC',
      supportsSms: false,
      registrationId: 1,
    })
    expect(request.operation).toBe('PUT /v1/accounts/code/{code}')
  })
})
