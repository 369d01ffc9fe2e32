import { dirname, resolve } from 'node:path'
import type { CapabilitySource, CommandSource, SentSource } from '#driver/target.ts'
import type { Configuration, ConfigurationPath } from '../configuration-text.ts'
import { urlMistake } from './target-url.ts'

/** Where a target file is (absolute; commands and paths in it are relative to its folder) and what it may read. */
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
  /** Milliseconds that the command may take. */
  readonly timeoutMs?: number
}

/** The same of what a server sends, which its own sender may write down. */
export interface WrittenSentSource extends WrittenSource {
  readonly file?: string
}

/** A member of a target file, and its place in it. */
type PlacedMember = readonly [path: ConfigurationPath, member: unknown]

/** Every member of `part`, at any depth, with its place; a list counts as one. */
export function membersOf(part: unknown, path: ConfigurationPath = []): readonly PlacedMember[] {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return []
  return Object.entries(part).flatMap(([name, member]: [string, unknown]) => {
    const place = [...path, name]
    return [[place, member] as const, ...membersOf(member, place)]
  })
}

/** A line for each URL of the file, of the server or of a control plane, that is none of a server. */
export function urlMistakes({ value, at }: Configuration<unknown>): readonly string[] {
  return membersOf(value).flatMap(([path, member]) => {
    const isUrl = ['url', 'control'].includes(String(path.at(-1)))
    const mistake = isUrl && typeof member === 'string' ? urlMistake(member) : null
    return mistake === null ? [] : [at(path, `${path.join('.')}: ${mistake}`)]
  })
}

/** A line for each secret that is to come from an environment variable which is not set. */
export function unsetSecrets(
  { value, at }: Configuration<unknown>,
  { env }: Pick<TargetFilePlace, 'env'>,
): readonly string[] {
  return membersOf(value).flatMap(([path, member]) => {
    if (path.at(-1) !== 'env' || typeof member !== 'string' || env[member]) return []
    return [at(path, `${path.slice(0, -1).join('.')}: the environment variable ${member} is not set`)]
  })
}

/** The text of a secret; empty where its environment variable is not set. */
export function secretText(secret: Secret, { env }: TargetFilePlace): string {
  return typeof secret === 'string' ? secret : (env[secret.env] ?? '')
}

/** The source that is written; undefined where none is. */
export function sourceOf(
  written: WrittenSource | undefined,
  place: TargetFilePlace,
): CapabilitySource | undefined {
  if (written === undefined) return undefined
  const { fixed } = written
  return fixed === undefined ? askedOf(written, place) : { kind: 'fixed', value: secretText(fixed, place) }
}

/** The source that is written, which may be a file. Nothing of it is of this run until the run begins. */
export function sentSourceOf(
  written: WrittenSentSource | undefined,
  place: TargetFilePlace,
): SentSource | undefined {
  const shown = written?.file
  if (shown === undefined) return sourceOf(written, place)
  return { kind: 'file', path: resolve(dirname(place.path), shown), shown, from: 0 }
}

/** A source that is asked: a control plane, or a command. */
export function askedOf(
  { control, ...given }: Omit<WrittenSource, 'fixed'>,
  place: TargetFilePlace,
): Exclude<CapabilitySource, { readonly kind: 'fixed' }> {
  return control === undefined ? commandOf(given, place) : { kind: 'mock-control', url: control }
}

/** A command that is written. */
export function commandOf(
  { command = [], timeoutMs }: Pick<WrittenSource, 'command' | 'timeoutMs'>,
  place: TargetFilePlace,
): CommandSource {
  return { kind: 'command', command: placed(command, place), timeoutMs }
}

/** A program with a slash in its name is looked for beside the target file; others on the PATH. */
function placed([program = '', ...rest]: readonly string[], { path }: TargetFilePlace): readonly string[] {
  return [program.includes('/') ? resolve(dirname(path), program) : program, ...rest]
}
