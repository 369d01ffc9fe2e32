/** The package's public face for client developers: `import { startRelayMock } from 'touchstone/mocks'`. */
export { startRelayMock } from './relay/start.ts'
export type { RelayMock, RelayMockOptions } from './relay/start.ts'
export { createRelayMockRouter } from './relay/mount.ts'
export type { Handler, RelayMockRouter, RelayMountOptions } from './relay/mount.ts'
export { startMStoreMock } from './mstore/start.ts'
export type { MStoreMock, MStoreMockOptions } from './mstore/start.ts'
