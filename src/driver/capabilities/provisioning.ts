import { basicAuthorization, type Credentials } from '#protocol/relay/credentials.ts'
import type { RelayTarget } from '../target.ts'
import { createUnrecordedClient } from '../wire-client.ts'
import { withBody, type WireRequest } from '../wire-request.ts'
import type { CapabilityIo } from './capability-io.ts'
import { jsonOf } from './control-plane.ts'
import type { Devices, NewDevice } from './new-device.ts'
import { count, object, text, type Reader } from './reading.ts'

const provisioned: Reader<{ readonly verificationCode: string }> = object({ verificationCode: text })
const added: Reader<{ readonly deviceId: number }> = object({ deviceId: count })

/**
 * Adds a device as version 0.8 of the official server lets clients do it (E-30): a device of the account asks
 * the target for a code, and the new one confirms it under the bare number. The two requests are no evidence
 * and are not recorded; where one is not granted, a CapabilityFailure says which.
 */
export function provisionDevice(target: RelayTarget, { pace }: CapabilityIo): Devices['add'] {
  const client = createUnrecordedClient({
    baseUrl: target.url,
    answerMs: target.timeouts.answerMs,
    tls: target.tls,
    ...(pace === undefined ? {} : { pace }),
  })
  const ask = <Value>(request: WireRequest, reader: Reader<Value>) =>
    jsonOf(client, request, { place: `devices: ${request.operation}`, reader })
  return async ({ number, credentials }, device) => {
    const { verificationCode } = await ask(codeRequest(credentials), provisioned)
    return (await ask(addition(number, verificationCode, device), added)).deviceId
  }
}

function codeRequest(credentials: Credentials): WireRequest {
  const target = '/v1/devices/provisioning_code'
  const headers = [['Authorization', basicAuthorization(credentials)]] as const
  return { operation: `GET ${target}`, method: 'GET', target, headers, body: null }
}

function addition(number: string, code: string, { password, ...attributes }: NewDevice): WireRequest {
  const authorization = basicAuthorization({ username: number, password })
  const request: WireRequest = {
    operation: 'PUT /v1/devices/{code}',
    method: 'PUT',
    target: `/v1/devices/${encodeURIComponent(code)}`,
    headers: [['Authorization', authorization]],
    body: null,
  }
  const body = JSON.stringify({ ...attributes, fetchesMessages: false })
  return withBody(request, body, 'application/json')
}
