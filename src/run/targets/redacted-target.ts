import type {
  CapabilitySource,
  DevicesSource,
  FederatedPeer,
  GbaSource,
  MStoreTarget,
  RelayTarget,
  Target,
} from '#driver/target.ts'

/** `target` as it may be shown: codes, keys, PINs and the arguments of commands are left out. */
export function redactedTarget(target: Target): Target {
  const tls = { ca: target.tls.ca && '‹certificates›', insecure: target.tls.insecure }
  switch (target.protocol) {
    case 'relay':
      return { ...target, tls, capabilities: redactedRelay(target.capabilities) }
    case 'mstore':
      return { ...target, tls, capabilities: redactedMStore(target.capabilities) }
    default:
      return target satisfies never
  }
}

function redactedRelay({
  verificationCode,
  pushes,
  devices,
  limits,
  federation,
}: RelayTarget['capabilities']): RelayTarget['capabilities'] {
  return {
    verificationCode: redacted(verificationCode),
    pushes: redacted(pushes),
    devices: redactedDevices(devices),
    limits: limits?.kind === 'command' ? { kind: 'command', command: program(limits.command) } : limits,
    federation: federation && redactedPeer(federation),
  }
}

function redactedPeer(peer: FederatedPeer): FederatedPeer {
  return {
    ...peer,
    verificationCode: redacted(peer.verificationCode),
    pushes: redacted(peer.pushes),
    devices: redactedDevices(peer.devices),
  }
}

function redactedMStore(capabilities: MStoreTarget['capabilities']): MStoreTarget['capabilities'] {
  const { gba, voicemail, pin } = capabilities
  return {
    ...capabilities,
    gba: gba && redactedGba(gba),
    voicemail: voicemail?.kind === 'command' ? redacted(voicemail) : voicemail,
    pin: pin && '‹PIN›',
  }
}

function redactedGba(source: GbaSource): GbaSource {
  switch (source.kind) {
    case 'isim':
      return { ...source, isim: { ...source.isim, k: '‹K›', opc: '‹OPc›' } }
    case 'fixed':
      return { ...source, key: '‹key›' }
    case 'command':
      return { kind: 'command', command: program(source.command) }
    case 'mock-control':
      return source
    default:
      return source satisfies never
  }
}

function redactedDevices(source: DevicesSource | null): DevicesSource | null {
  return source?.kind === 'provisioning' ? source : redacted(source)
}

function redacted(source: CapabilitySource | null): CapabilitySource | null {
  switch (source?.kind) {
    case 'fixed':
      return { kind: 'fixed', value: '‹code›' }
    case 'command':
      return { kind: 'command', command: program(source.command) }
    case 'mock-control':
    case undefined:
      return source
  }
}

function program([first = '', ...rest]: readonly string[]): readonly string[] {
  return rest.length === 0 ? [first] : [first, '…']
}
