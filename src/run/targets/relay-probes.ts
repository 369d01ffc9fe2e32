import { gatewayFault, get, type Probe } from './probe.ts'

const GATEWAY_FAULTS = [502, 503, 504]

/** A path that does not exist, and a password that no account has. `nonce` is letters and digits used nowhere else. */
export function relayProbes(nonce: string): readonly Probe[] {
  const path = `/touchstone-${nonce}`
  const password = Buffer.from(`+15550100000:${nonce}`).toString('base64')
  const fault: Probe['fault'] = (answer) => gatewayFault(answer, GATEWAY_FAULTS)
  return [
    { request: get(path), shown: `GET ${path}`, expected: 'a refusal, for the path does not exist', fault },
    {
      request: get('/v1/attachments/', [['Authorization', `Basic ${password}`]]),
      shown: 'GET /v1/attachments/ with a wrong password',
      expected: 'a refusal such as 401',
      fault,
    },
  ]
}
