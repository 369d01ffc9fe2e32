import type { Protocol } from '#protocol/requirements.ts'
import type { TargetFormat } from './format.ts'
import { MSTORE } from './mstore.ts'
import { RELAY } from './relay.ts'

const FORMATS: Readonly<Record<Protocol, TargetFormat>> = { relay: RELAY, mstore: MSTORE }

/** How a run treats the targets of `protocol`; hand its functions none but those. */
export function formatOf(protocol: Protocol): TargetFormat {
  return FORMATS[protocol]
}
