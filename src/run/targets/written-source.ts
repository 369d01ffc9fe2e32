import { dirname, resolve } from 'node:path'
import type { CapabilitySource } from '#driver/target.ts'
import type { Configuration, ConfigurationPath } from '../configuration-text.ts'
import { urlFault } from './target-url.ts'

/** Where a target file stands (absolute; commands and paths in it are relative to its folder) and what it may read. */
export interface TargetFilePlace {
  /** The file as messages name it. */
  readonly shown: string
  readonly path: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A secret as it is written: the text itself, or the environment variable that has it. */
export type Secret = string | { readonly env: string }

/** Where a capability comes from, as it is written; the schema sees to it that exactly one is there. */
export interface WrittenSource {
  readonly fixed?: Secret
  readonly control?: string
  readonly command?: readonly string[]
}

/** A part of a target file with its place in it; undefined where the file has no such part. */
export type Located<Part> = readonly (readonly [path: ConfigurationPath, part: Part | undefined])[]

/** A line for each URL of the file that is none of a server. */
export function urlFaults(
  { at }: Pick<Configuration<unknown>, 'at'>,
  urls: Located<string>,
): readonly string[] {
  return urls.flatMap(([path, url]) => {
    const fault = url === undefined ? null : urlFault(url)
    return fault === null ? [] : [at(path, `${path.join('.')}: ${fault}`)]
  })
}

/** A line for each secret that is to come from an environment variable which is not set. */
export function secretFaults(
  { at }: Pick<Configuration<unknown>, 'at'>,
  secrets: Located<Secret>,
  env: TargetFilePlace['env'],
): readonly string[] {
  return secrets.flatMap(([path, secret]) =>
    typeof secret === 'object' && !env[secret.env]
      ? [at([...path, 'env'], `${path.join('.')}: the environment variable ${secret.env} is not set`)]
      : [],
  )
}

/** The text of a secret; empty where its environment variable is not set. */
export function secretText(secret: Secret, { env }: TargetFilePlace): string {
  return typeof secret === 'string' ? secret : (env[secret.env] ?? '')
}

/** The source that is written; null where none is. */
export function sourceOf(
  written: WrittenSource | undefined,
  place: TargetFilePlace,
): CapabilitySource | null {
  if (written === undefined) return null
  const { fixed } = written
  return fixed === undefined ? askedOf(written, place) : { kind: 'fixed', value: secretText(fixed, place) }
}

/** A source that is asked: a control plane, or a command. */
export function askedOf(
  { control, command }: Omit<WrittenSource, 'fixed'>,
  place: TargetFilePlace,
): Exclude<CapabilitySource, { readonly kind: 'fixed' }> {
  return control === undefined
    ? { kind: 'command', command: placed(command ?? [], place) }
    : { kind: 'mock-control', url: control }
}

/** A program with a slash in its name is looked for beside the target file; others on the PATH. */
function placed([program = '', ...rest]: readonly string[], { path }: TargetFilePlace): readonly string[] {
  return [program.includes('/') ? resolve(dirname(path), program) : program, ...rest]
}
