import type { Capability } from '#protocol/requirements.ts'
import type { CapabilitySource, RelayTarget } from '../target.ts'

/**
 * Whether the target file offers the capability, for a decision before a scenario; nothing is asked of
 * anybody. What only the mStore needs is never offered by a relay. Attachment URLs are taken to be
 * reachable until one is not.
 */
export function hasCapability(target: RelayTarget, capability: Capability): boolean {
  const { verificationCode, pushes, devices, limits, federation } = target.capabilities
  switch (capability) {
    case 'verificationCode':
      return verificationCode !== null
    case 'sentCodes':
    case 'mock':
      return verificationCode?.kind === 'mock-control'
    case 'pushes':
      return isActive(pushes)
    case 'devices':
      return isActive(devices)
    case 'limits':
      return limits !== null
    case 'federation':
      return federation !== null
    case 'blobStore':
      return true
    case 'gba':
    case 'bsf':
    case 'voicemail':
    case 'greeting':
    case 'pin':
      return false
    default:
      return capability satisfies never
  }
}

/** The line of the target file that would offer the capability. */
export function enabling(capability: Capability): string {
  return ENABLING[capability]
}

/** A fixed value stands for a code or for figures, never for something that happens. */
function isActive(source: CapabilitySource | null): boolean {
  return source !== null && source.kind !== 'fixed'
}

const CONTROL = '{ control: http://127.0.0.1:PORT }'

const ENABLING: Readonly<Record<Capability, string>> = {
  verificationCode: `capabilities.verificationCode: ${CONTROL}`,
  sentCodes: `capabilities.verificationCode: ${CONTROL}`,
  mock: `capabilities.verificationCode: ${CONTROL}`,
  pushes: `capabilities.pushes: ${CONTROL}`,
  devices: `capabilities.devices: ${CONTROL}`,
  limits: `capabilities.limits: ${CONTROL}`,
  federation: 'capabilities.federation: { name: PEER, knownAs: TARGET, url: http://127.0.0.1:PORT }',
  blobStore: 'capabilities.blobStore: true',
  gba: 'capabilities.gba: { isim: FILE }',
  bsf: 'capabilities.bsf: http://127.0.0.1:PORT',
  voicemail: 'capabilities.voicemail: { command: [PROGRAM] }',
  greeting: 'capabilities.greeting: true',
  pin: 'capabilities.pin: { env: NAME }',
}
