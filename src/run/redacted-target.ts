import type { CapabilitySource, DevicesSource, FederatedPeer, RelayTarget } from '#driver/target.ts'

/** `target` as it may be shown: codes and the arguments of commands are left out. */
export function redactedTarget(target: RelayTarget): RelayTarget {
  const { verificationCode, pushes, devices, limits, federation } = target.capabilities
  return {
    ...target,
    capabilities: {
      verificationCode: redacted(verificationCode),
      pushes: redacted(pushes),
      devices: redactedDevices(devices),
      limits: limits?.kind === 'command' ? { kind: 'command', command: program(limits.command) } : limits,
      federation: federation && redactedPeer(federation),
    },
    tls: { ca: target.tls.ca && '‹certificates›', insecure: target.tls.insecure },
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
