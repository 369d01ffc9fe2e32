import type { Target } from '#driver/target.ts'
import { formatOf } from './formats.ts'

/** `target` as it may be shown: codes, keys, PINs and the arguments of commands are left out. */
export function redactedTarget(target: Target): Target {
  const { secrets } = formatOf(target.protocol)
  const tls = { ca: target.tls.ca && '‹certificates›', insecure: target.tls.insecure }
  return { ...target, tls, capabilities: redacted(target.capabilities, secrets) } as Target
}

/** `part`, at any depth, with each secret member replaced by what is shown in its place. */
function redacted(part: object, secrets: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(part).map(([name, value]: [string, unknown]) => {
      if (typeof value === 'string') return [name, secrets[name] ?? value]
      if (Array.isArray(value)) return [name, programAlone(value)]
      return [name, typeof value === 'object' && value !== null ? redacted(value, secrets) : value]
    }),
  )
}

/** Of a command, its program. */
function programAlone([program, ...rest]: readonly unknown[]): readonly unknown[] {
  return rest.length === 0 ? [program] : [program, '…']
}
