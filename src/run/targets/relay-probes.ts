import {
  fetchPrekeys,
  queryDirectory,
  retrieveAttachment,
  type Credentials,
} from '#driver/relay/operations.ts'
import { newNumber, type RandomBytes } from '#driver/relay/parties.ts'
import { newCredentials } from '#driver/relay/register-account.ts'
import type { RelayTarget } from '#driver/target.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { PROBERS, type Probe, type Prober } from './probe.ts'

/**
 * Keys of a number, contacts and an attachment, none of which there is, asked for without credentials and with those
 * of an unregistered number: 401 (relay spec).
 */
export function relayProbes(target: RelayTarget, random: RandomBytes): readonly Probe[] {
  return PROBERS.flatMap((prober) => {
    const number = newNumber(random)
    const credentials = newCredentials(number, { target, random })
    return requests(credentials, random).map((request) => probeWith(prober, request))
  })
}

function requests(credentials: Credentials, random: RandomBytes): readonly WireRequest[] {
  return [
    fetchPrekeys(credentials, newNumber(random), '*'),
    queryDirectory(credentials, [directoryToken(newNumber(random))]),
    retrieveAttachment(credentials, newAttachmentId(random)),
  ]
}

function probeWith(prober: Prober, request: WireRequest): Probe {
  const headers =
    prober === 'no-credentials'
      ? request.headers.filter(([name]) => name !== 'Authorization')
      : request.headers
  return { prober, operation: request.operation, send: (wire) => wire.send({ ...request, headers }) }
}

/** An id near those that servers draw: below 2^63. */
function newAttachmentId(random: RandomBytes): string {
  const bytes = random(8)
  return String(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0) >> 1n)
}
