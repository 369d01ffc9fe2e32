import type { Capability, Protocol } from '#protocol/requirements.ts'
import type { DevicesSource, MStoreTarget, RelayTarget, Target } from '../target.ts'

/**
 * Whether the target file offers the capability, for a decision before a scenario; nothing is asked of
 * anybody. What only one protocol needs is never offered by a target of the other. Attachment URLs are taken
 * to be reachable until one is not.
 */
export function hasCapability(target: Target, capability: Capability): boolean {
  switch (target.protocol) {
    case 'relay':
      return relayHas(target, capability)
    case 'mstore':
      return mStoreHas(target, capability)
    default:
      return target satisfies never
  }
}

/** The line of the target file that would offer the capability. */
export function enabling(capability: Capability, protocol: Protocol = 'relay'): string {
  return protocol === 'mstore' && capability === 'mock' ? SUBSCRIBERS : ENABLING[capability]
}

function relayHas({ capabilities }: RelayTarget, capability: Capability): boolean {
  const { verificationCode, pushes, devices, limits, federation } = capabilities
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

function mStoreHas({ capabilities }: MStoreTarget, capability: Capability): boolean {
  const { subscribers, gba, voicemail, greeting, pin } = capabilities
  switch (capability) {
    case 'mock':
      return subscribers !== null
    case 'gba':
      return gba !== null
    case 'bsf':
      return gba?.kind === 'isim' || gba?.kind === 'mock-control'
    case 'voicemail':
      return voicemail !== null
    case 'greeting':
      return greeting
    case 'pin':
      return pin !== null || subscribers !== null
    case 'verificationCode':
    case 'sentCodes':
    case 'pushes':
    case 'devices':
    case 'limits':
    case 'federation':
    case 'blobStore':
      return false
    default:
      return capability satisfies never
  }
}

/** A fixed value stands for a code or for figures, never for something that happens. */
function isActive(source: DevicesSource | null): boolean {
  return source !== null && source.kind !== 'fixed'
}

const CONTROL = '{ control: http://127.0.0.1:PORT }'
const ISIM = '{ isim: { impi: …, k: …, opc: …, sqn: … }, bsf: { url: …, fqdn: … } }'

/** A control plane that makes subscribers is what makes an mStore a mock. */
const SUBSCRIBERS = `capabilities.gba: ${CONTROL}`

const ENABLING: Readonly<Record<Capability, string>> = {
  verificationCode: `capabilities.verificationCode: ${CONTROL}`,
  sentCodes: `capabilities.verificationCode: ${CONTROL}`,
  mock: `capabilities.verificationCode: ${CONTROL}`,
  pushes: `capabilities.pushes: ${CONTROL}`,
  devices: `capabilities.devices: ${CONTROL}`,
  limits: `capabilities.limits: ${CONTROL}`,
  federation: 'capabilities.federation: { name: PEER, knownAs: TARGET, url: http://127.0.0.1:PORT }',
  blobStore: 'capabilities.blobStore: true',
  gba: 'capabilities.gba: { command: [PROGRAM] }',
  bsf: `capabilities.gba: ${ISIM}`,
  voicemail: 'capabilities.voicemail: { command: [PROGRAM] }',
  greeting: 'capabilities.greeting: true',
  pin: 'capabilities.pin: { env: NAME }',
}
