import type { Command } from 'commander'
import type { Dialect } from '#protocol/requirements.ts'
import type { TlsMaterial } from '#mocks/edge/handshakes.ts'
import type { OnRequest } from './request-log.ts'
import type { ReachOptions } from '#mocks/edge/reach.ts'

/** What `touchstone mock` reads from its command line for every mock. Port 0 is any free one. */
export interface AnyMockOptions extends ReachOptions {
  readonly port: number
  readonly controlPort: number
  readonly host: string
  readonly controlHost: string
  /** Files with a certificate and its key, as PEM text. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
  /** A file with the document that the mock is filled with. */
  readonly data?: string | undefined
  /** An RSA certificate is to be served. */
  readonly rsa?: boolean | undefined
  readonly seed?: string | undefined
  readonly dialect: Dialect
  /** Ids of faults that are active from the start. */
  readonly faults: readonly string[]
  /** Ids of the variants that it is. */
  readonly variants: readonly string[]
  /** A file for a line about each request; true is stderr. */
  readonly log?: string | true | undefined
  readonly json: boolean
}

/** What it reads for a relay. */
export interface MockRelayOptions extends AnyMockOptions {
  readonly protocol: 'relay'
  /** The name by which peers know the mock; its own default where none is given. */
  readonly name?: string | undefined
  /** The other nodes: URLs by name. Where none is given the mock comes with a peer of its own. */
  readonly peers?: Readonly<Record<string, string>> | undefined
  /** TLS instead of plain text. */
  readonly tls?: boolean | undefined
}

/** What it reads for an mStore. */
export interface MockMStoreOptions extends AnyMockOptions {
  readonly protocol: 'mstore'
  /** Port of the bootstrapping server. */
  readonly bsfPort: number
  /** Plain text instead of TLS. */
  readonly plain?: boolean | undefined
  /** The domain name by which bootstrapped clients know it; by the host they ask where none is given. */
  readonly naf?: string | undefined
  /** The forms of a digest's `uri` that are accepted, in place of those of the dialect. */
  readonly acceptUri?: readonly string[] | undefined
}

/** What `touchstone mock` reads from its command line. */
export type MockOptions = MockRelayOptions | MockMStoreOptions

/** The options that only one protocol has, as commander parses them. */
export interface OwnMockOptions {
  readonly name?: string
  readonly tls?: boolean
  readonly naf?: string
  readonly peer?: Readonly<Record<string, string>>
  readonly bsfPort?: number
  readonly plain?: boolean
  readonly acceptUri?: readonly string[]
}

/** A mock that is listening. */
export interface RunningMock {
  readonly seed: string
  /** What the line of JSON says besides `ready` and `protocol`. */
  readonly ready: Readonly<Record<string, unknown>>
  /** Where it can be reached, by what is to be found there; one line each. */
  readonly places: readonly (readonly [what: string, where: string])[]
  /** Other servers beside it, likewise. */
  readonly beside: readonly (readonly [what: string, where: string])[]
  /** How to use it: lines of text for a person. */
  readonly usage: readonly string[]
  readonly close: () => Promise<void>
}

/** What a mock is given besides its options. */
export interface MockSurroundings {
  /** Called with what a mock's own code threw while it served a request. */
  readonly onError: (error: unknown) => void
  /** What `--cert` and `--key` hold. */
  readonly certificate?: TlsMaterial
  readonly onRequest?: OnRequest
  /** What `--data` holds, unchecked; undefined where it is not given. */
  readonly data?: unknown
}

/** All that `touchstone mock` does differently for one protocol. */
export interface MockFormat<Options extends MockOptions = MockOptions> {
  readonly ports: { readonly port: number; readonly controlPort: number }
  /** Gives the command the options that no other mock has. */
  addOptions(command: Command): void
  optionsOf(common: AnyMockOptions, own: OwnMockOptions): Options
  /** Starts the mock; what it is made of is loaded only now. */
  start(options: Options, surroundings: MockSurroundings): Promise<RunningMock>
}
