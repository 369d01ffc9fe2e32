import { shownProxy } from '#driver/proxy.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { Target } from '#driver/target.ts'
import { formatOf } from './formats.ts'

/** `target` as it may be shown: codes, keys, PINs, headers and the arguments of commands are left out. */
export function redactedTarget(target: Target): Target {
  const { secrets } = formatOf(target.protocol)
  const { ca, insecure, cert } = target.tls
  const own = cert == null ? {} : { cert: '‹certificate›', key: '‹key›' }
  const { proxy, headers } = target
  const shown = {
    ...target,
    tls: { ca: ca && '‹certificates›', insecure, ...own },
    ...(proxy ? { proxy: { ...proxy, url: shownProxy(proxy) } } : {}),
    ...(headers
      ? { headers: Object.fromEntries(Object.keys(headers).map((name) => [name, '‹value›'])) }
      : {}),
    capabilities: redacted(target.capabilities, secrets),
  }
  return target.redactNumbers === true ? withoutNumbers(shown, target) : (shown as Target)
}

function withoutNumbers(shown: object, target: Target): Target {
  return JSON.parse(secretsOf([target]).redact(JSON.stringify(shown))) as Target
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
