import { shellWord } from '#evidence/shell-words.ts'
import type { NamedProtocols, TargetOptions } from './targets/resolve-target.ts'

/** The arguments of `touchstone` that verify the same target in the same way, quoted for a shell. */
export function rerunArguments(
  protocol: NamedProtocols,
  options: TargetOptions & { readonly features?: readonly string[] },
): string {
  const {
    features = [],
    url,
    control,
    target,
    dialect,
    allow,
    timeout,
    rate,
    ca,
    insecure,
    redactNumbers,
  } = options
  const valued = { url, control, target, dialect, allow: allow?.join(','), timeout, rate, ca }
  const given = Object.entries(valued).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, shellWord(String(value))],
  )
  const named = protocol === undefined ? [] : [protocol]
  const files = features.flatMap((file) => ['--features', shellWord(file)])
  const flags = [
    ...(insecure === true ? ['--insecure'] : []),
    ...(redactNumbers === true ? ['--redact-numbers'] : []),
  ]
  return ['verify', ...named, ...given, ...files, ...flags].join(' ')
}
