import type { Protocol } from '#protocol/requirements.ts'

/** The dialects, as they are written on the command line. */
export const DIALECTS = ['documented', 'deployed'] as const

/** The ports of the mocks where none is named: both can run side by side. */
export const PORTS = {
  relay: { port: 8080, controlPort: 8081 },
  mstore: { port: 8443, controlPort: 8444, bsfPort: 8445 },
} as const satisfies Record<Protocol, object>
