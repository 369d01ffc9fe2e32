import { dirname, resolve } from 'node:path'
import type { Dialect } from '#evidence/run-record.ts'
import type { Protocol, Risk } from '#protocol/requirements.ts'
import { parseConfiguration, refuse, type Configuration } from '../configuration-text.ts'
import {
  mStoreFaults,
  mStoreTargetFile,
  type MStoreTargetFile,
  type WrittenMStoreTarget,
} from './mstore-file.ts'
import { relayFaults, relayTargetFile, type RelayTargetFile, type WrittenRelayTarget } from './relay-file.ts'
import { schemaValidator } from '../schema-validator.ts'
import { urlFaults, type TargetFilePlace } from './written-source.ts'

/** What the target files of all protocols say alike; absent parts are undefined. */
export interface AnyTargetFile {
  readonly url: string | undefined
  readonly dialect: Dialect | undefined
  readonly allow: readonly Risk[] | undefined
  readonly answerMs: number | undefined
  readonly requestsPerSecond: number | undefined
  /** Absolute path of a PEM file. */
  readonly ca: string | undefined
  readonly insecure: boolean | undefined
}

/** What a target file says, with secrets looked up and paths made absolute. */
export type TargetFile = AnyTargetFile & (RelayTargetFile | MStoreTargetFile)

/**
 * The target written in `text` (YAML of the form of `schemas/target.json`). Throws a UsageError with every
 * fault at its line: bad YAML, an unknown key, a wrong value, a bad URL, an environment variable not set.
 */
export function parseTargetFile(text: string, place: TargetFilePlace): TargetFile {
  const configuration = parseConfiguration(text, place.shown, schemaValidator<WrittenTarget>('target'))
  const { value, at } = configuration
  refuse([...urlFaults(configuration, [[['url'], value.url]]), ...ownFaults({ value, at }, place)])
  return { ...sharedPart(value, place), ...ownPart(value, place) }
}

/** A target file as it is written, after its schema has accepted it. */
type WrittenTarget = WrittenAnyTarget & (WrittenRelayTarget | WrittenMStoreTarget)

interface WrittenAnyTarget {
  readonly protocol: Protocol
  readonly url?: string
  readonly dialect?: Dialect
  readonly allow?: readonly Risk[]
  readonly timeouts?: { readonly answerMs?: number }
  readonly limits?: { readonly requestsPerSecond?: number }
  readonly tls?: { readonly ca?: string; readonly insecure?: boolean }
}

function ownFaults({ value, at }: Configuration<WrittenTarget>, place: TargetFilePlace): readonly string[] {
  switch (value.protocol) {
    case 'relay':
      return relayFaults({ value, at }, place)
    case 'mstore':
      return mStoreFaults({ value, at }, place)
    default:
      return value satisfies never
  }
}

function ownPart(written: WrittenTarget, place: TargetFilePlace): RelayTargetFile | MStoreTargetFile {
  switch (written.protocol) {
    case 'relay':
      return relayTargetFile(written, place)
    case 'mstore':
      return mStoreTargetFile(written, place)
    default:
      return written satisfies never
  }
}

function sharedPart(
  { url, dialect, allow, timeouts = {}, limits = {}, tls = {} }: WrittenAnyTarget,
  { path }: TargetFilePlace,
): AnyTargetFile {
  return {
    url,
    dialect,
    allow,
    answerMs: timeouts.answerMs,
    requestsPerSecond: limits.requestsPerSecond,
    ca: tls.ca === undefined ? undefined : resolve(dirname(path), tls.ca),
    insecure: tls.insecure,
  }
}
