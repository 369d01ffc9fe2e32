import { CONTROL_CAPABILITIES, TARGET_DEFAULTS } from '#driver/target-defaults.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { TargetFormat } from './format.ts'
import { mStoreMistakes, readMStore, type WrittenMStoreTarget } from './mstore-file.ts'
import { mStoreProbes } from './mstore-probes.ts'
import { tryPin } from './pin-trial.ts'

/** mStores as targets. */
export const MSTORE: TargetFormat<MStoreTarget, WrittenMStoreTarget> = {
  defaults: TARGET_DEFAULTS.mstore,
  proofTimeouts: {},
  secrets: { k: '‹K›', opc: '‹OPc›', key: '‹key›', pin: '‹PIN›' },
  mistakesOf: mStoreMistakes,
  read: readMStore,
  controlled: CONTROL_CAPABILITIES.mstore,
  supposed: (target) => target,
  completed: (target) => Promise.resolve(target),
  planes: ({ capabilities: { subscribers } }) =>
    subscribers?.kind === 'mock-control' ? [{ url: subscribers.url, peer: null }] : [],
  probes: mStoreProbes,
  tried: tryPin,
  start: async (launch) => {
    const { startBundledMStore } = await import('./mstore-bundled.ts')
    return startBundledMStore(launch)
  },
}
