import type { Protocol } from '#protocol/requirements.ts'

/** The ports of the mocks where none is named: both can run side by side. */
export const PORTS = {
  relay: { port: 8080, controlPort: 8081 },
  mstore: { port: 8443, controlPort: 8444, bsfPort: 8445 },
} as const satisfies Record<Protocol, object>
