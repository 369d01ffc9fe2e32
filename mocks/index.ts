/** The package's public face for client developers: `import { startRelayMock } from 'touchstone/mocks'`. */
export { startRelayMock } from './relay/start.ts'
export type { RelayMock, RelayMockOptions } from './relay/start.ts'
export type { Handler } from './edge/router.ts'
export { createRelayMockRouter } from './relay/mount.ts'
export type { RelayMockRouter, RelayMountOptions } from './relay/mount.ts'
export { startMStoreMock } from './mstore/start.ts'
export type { MStoreMock, MStoreMockOptions } from './mstore/start.ts'
export type { AccountData, DeviceData, PrekeyData, RelayData } from './relay/control-data.ts'
export type { IsimData, MStoreData, SubscriberData } from './mstore/control-data.ts'
export type { GreetingOrder } from './mstore/greetings.ts'
export type { RelayControl, DeviceWish, ShownAccount, ShownDevice } from './relay/control-owner.ts'
export type {
  AddedSubscriber,
  ShownBootstrap,
  ShownVoicemail,
  MadeSubscriber,
  MStoreControl,
  ShownSubscriber,
  SubscriberWish,
  VoicemailWish,
} from './mstore/control-owner.ts'
export type {
  ClockTime,
  FaultScope,
  JournalAnswer,
  JournalBody,
  JournalRecord,
  JournalWish,
  KnownDeviation,
  MockControl,
} from './edge/control/mock-control.ts'
export type { ActiveNetworkFault, NetworkFault } from './edge/network-faults.ts'
