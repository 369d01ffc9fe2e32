import type { Capability, Protocol } from '#protocol/requirements.ts'
import type { DevicesSource, SentSource, Target, TargetOf } from '../target.ts'

/**
 * Whether the target file offers the capability, for a decision before a scenario; no request is made. What only
 * one protocol needs is never offered by a target of the other. Attachment URLs are taken to be reachable until
 * one is not.
 */
export function hasCapability(target: Target, capability: Capability): boolean {
  if (capability === 'tls') return target.url.startsWith('https:')
  // The functions that are looked up by the protocol of a target are those for its capabilities.
  const offers = OFFERS[target.protocol] as Offers<Target>
  return offers[capability]?.(target.capabilities) ?? false
}

/** The line of the target file that would offer the capability, in every form that the file has for it. */
export function enabling(capability: Capability, protocol: Protocol = 'relay'): string {
  return OWN_LINES[protocol][capability] ?? ENABLING[capability]
}

/** Of each capability that targets of a protocol may have, whether these sources offer it. */
type Offers<Whole extends Target> = {
  readonly [Name in Capability]?: (capabilities: Whole['capabilities']) => boolean
}

const OFFERS: { readonly [Name in Protocol]: Offers<TargetOf<Name>> } = {
  relay: {
    verificationCode: ({ verificationCode }) => verificationCode !== null,
    sentCodes: ({ verificationCode }) => isListed(verificationCode),
    mock: ({ verificationCode }) => verificationCode?.kind === 'mock-control',
    pushes: ({ pushes }) => isActive(pushes),
    devices: ({ devices }) => isActive(devices),
    limits: ({ limits }) => limits !== null,
    federation: ({ federation }) => federation !== null,
    blobStore: () => true,
  },
  mstore: {
    mock: ({ subscribers }) => subscribers !== null,
    gba: ({ gba }) => gba !== null,
    bsf: ({ gba }) => gba?.kind === 'isim' || gba?.kind === 'mock-control',
    voicemail: ({ voicemail }) => voicemail !== null,
    greeting: ({ greeting }) => greeting,
    pin: ({ pin, subscribers }) => pin !== null || subscribers !== null,
  },
}

/** A fixed value can give a code or figures, never something that happens. */
function isActive(source: DevicesSource | SentSource | null): boolean {
  return source !== null && source.kind !== 'fixed'
}

/** A control plane and a file list all that was sent. */
function isListed(source: SentSource | null): boolean {
  return source?.kind === 'mock-control' || source?.kind === 'file'
}

const CONTROL = '{ control: http://127.0.0.1:PORT }'
const ISIM = '{ isim: { impi: …, k: …, opc: …, sqn: … }, bsf: { url: …, fqdn: … } }'

const ENABLING: Readonly<Record<Capability, string>> = {
  verificationCode: `capabilities.verificationCode: { command: [PROGRAM] }, or { file: codes.ndjson }, or { fixed: CODE }, or ${CONTROL}`,
  sentCodes: `capabilities.verificationCode: { file: codes.ndjson }, or ${CONTROL}`,
  mock: `capabilities.verificationCode: ${CONTROL}`,
  pushes: `capabilities.pushes: { command: [PROGRAM] }, or { file: pushes.ndjson }, or ${CONTROL}`,
  devices: `capabilities.devices: { command: [PROGRAM] }, or { provisioning: true }, or ${CONTROL}`,
  limits: `capabilities.limits: { fixed: { sms: { burst: N, refillMs: MS }, … } }, or { command: [PROGRAM] }, or ${CONTROL}`,
  federation: 'capabilities.federation: { name: PEER, knownAs: TARGET, url: http://127.0.0.1:PORT }',
  blobStore: 'attachmentOrigins: [https://HOST]',
  gba: `capabilities.gba: { command: [PROGRAM] }, or { fixed: { btid: …, key: … } }, or ${ISIM}, or ${CONTROL}`,
  bsf: `capabilities.gba: ${ISIM}, or ${CONTROL}`,
  voicemail: `capabilities.voicemail: { command: [PROGRAM] }, or ${CONTROL}, or { fixed: true } where there are some`,
  greeting: 'capabilities.greeting: true',
  pin: 'capabilities.pin: { env: NAME }',
  tls: 'url: https://…',
}

/** Where the line of a protocol differs: a control plane that makes subscribers is what makes an mStore a mock. */
const OWN_LINES: Readonly<Record<Protocol, Partial<Record<Capability, string>>>> = {
  relay: {},
  mstore: { mock: `capabilities.gba: ${CONTROL}` },
}
