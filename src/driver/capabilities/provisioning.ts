import { basicAuthorization } from '#protocol/relay/credentials.ts'
import type { RelayTarget } from '../target.ts'
import { answerReader, type AnswerReader } from './answer-reader.ts'
import type { CapabilityIo } from './capability-io.ts'
import { baseUrl, jsonOf } from './control-plane.ts'
import type { Devices } from './new-device.ts'
import { createPlainHttp } from './plain-http.ts'

const provisioned = answerReader<{ readonly verificationCode: string }>('provisioning-code')
const added = answerReader<{ readonly deviceId: number }>('device-added')

/** A request to the target; `shown` replaces its path in messages, because a path may contain a code. */
interface ProvisioningRequest {
  readonly method: 'GET' | 'PUT'
  readonly path: string
  readonly shown?: string
  readonly username: string
  readonly password: string
  readonly json?: object
}

/**
 * Adds a device as version 0.8 of the official server lets clients do it (E-30): a device of the account asks
 * the target for a code, and the new one confirms it under the bare number. The two requests are no evidence
 * and are not recorded; where one is not granted, a CapabilityFailure says which.
 */
export function provisionDevice(target: RelayTarget, { pace }: CapabilityIo): Devices['add'] {
  const base = baseUrl(target.url)
  const send = createPlainHttp({ answerMs: target.timeouts.answerMs, tls: target.tls, proxy: target.proxy })
  const ask = async <Value>(request: ProvisioningRequest, reader: AnswerReader<Value>): Promise<Value> => {
    await pace?.()
    const { method, path, shown = path, json, ...credentials } = request
    const headers = { ...target.headers, Authorization: basicAuthorization(credentials) }
    const sent = { method, url: base + path, headers, ...(json === undefined ? {} : { json }) }
    return jsonOf(send, sent, { place: `devices: ${method} ${shown}`, reader })
  }
  return async ({ number, credentials }, { password, ...attributes }) => {
    const code = { method: 'GET', path: '/v1/devices/provisioning_code', ...credentials } as const
    const { verificationCode } = await ask(code, provisioned)
    const confirmation = {
      method: 'PUT',
      path: `/v1/devices/${encodeURIComponent(verificationCode)}`,
      shown: '/v1/devices/{code}',
      username: number,
      password,
      json: { ...attributes, fetchesMessages: false },
    } as const
    return (await ask(confirmation, added)).deviceId
  }
}
