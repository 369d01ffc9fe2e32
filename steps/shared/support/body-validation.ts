import type { WireClient } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'

/**
 * The client, but that it refuses to send a body that misses the schema it is said to fit: such a request
 * would lay a mistake of the suite to the target.
 */
export function withBodyValidation(client: WireClient): WireClient {
  return {
    send: (request) => {
      keepContract(request)
      return client.send(request)
    },
  }
}

function keepContract({ operation, contract, body }: WireRequest): void {
  if (contract === undefined || body === null) return
  const [mistake] = contract.deviations(body)
  if (mistake !== undefined)
    throw new Error(`${operation}: a body that fits ${contract.schema}.json: ${mistake}`)
}
