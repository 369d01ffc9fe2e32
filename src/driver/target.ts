import type { ProxySettings } from './proxy.ts'
import type { TlsSettings } from './trust.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import type { Capability, Dialect, Protocol, Risk } from '#protocol/requirements.ts'

/** A program of the tester's, run without a shell: program, then arguments. */
export interface CommandSource {
  readonly kind: 'command'
  readonly command: readonly string[]
  /** Milliseconds it may take; 30 s where not given. */
  readonly timeoutMs?: number | undefined
}

/** A file to which a server's own sender appends a JSON object on a line for each thing sent. */
export interface FileSource {
  readonly kind: 'file'
  /** An absolute path. */
  readonly path: string
  /** The file as the target file names it. */
  readonly shown: string
  /** The bytes that it had when the run began. */
  readonly from: number
}

/** Where a capability comes from. */
export type CapabilitySource =
  | { readonly kind: 'mock-control'; readonly url: string }
  | { readonly kind: 'fixed'; readonly value: string }
  | CommandSource

/** Where a view comes from of what a server sends: codes, pushes. */
export type SentSource = CapabilitySource | FileSource

/** How many requests a limiter lets through in a burst, and after how many milliseconds one more passes. */
export interface RefillingLimit {
  readonly burst: number
  readonly refillMs: number
}

/** How many requests a limiter lets through in a window of so many milliseconds, at whose end it gives all of them back. */
export interface WindowLimit {
  readonly burst: number
  readonly windowMs: number
}

/** What a target file says of a rate limit: how it refills, or how long its window is. */
export type Limit = RefillingLimit | WindowLimit

/** What the target file says of a limiter: its figures, or that the target has none of that name. */
export type DeclaredLimit = Limit | 'none'

/** Where the figures of the limiters come from: the target file, a command or the control plane. */
export type LimitsSource =
  | Exclude<CapabilitySource, { readonly kind: 'fixed' }>
  | { readonly kind: 'fixed'; readonly limits: Readonly<Partial<Record<Limiter, DeclaredLimit>>> }

/** Where devices come from: also from the target itself, where it has operations that add them (E-30). */
export type DevicesSource = CapabilitySource | { readonly kind: 'provisioning' }

/** How two nodes come to know each other's numbers: a command that makes them, or that it takes so many milliseconds. */
export type Synchronisation = CommandSource | { readonly kind: 'after'; readonly ms: number }

/** A second node that federates with the target. */
export interface FederatedPeer {
  /** The peer's name at the target: what the `relay` member of a request holds. */
  readonly name: string
  /** The target's name at the peer: what the `relay` field of a push there holds. */
  readonly knownAs: string
  readonly url: string
  readonly verificationCode: SentSource | null
  readonly pushes: SentSource | null
  readonly devices: DevicesSource | null
  /** Null where it is not known whether the nodes exchange their numbers at once. */
  readonly synchronise: Synchronisation | null
}

/**
 * What every server under test is, whichever protocol it speaks. It is plain JSON, since it travels to
 * worker processes. Times are milliseconds.
 */
export interface AnyTarget {
  readonly protocol: Protocol
  readonly url: string
  readonly dialect: Dialect
  readonly allow: readonly Risk[]
  readonly timeouts: {
    /** From connecting to the last byte of an answer. */
    readonly answerMs: number
  }
  readonly requestsPerSecond: number | null
  readonly tls: TlsSettings
  /** The proxy through which the server is reached. */
  readonly proxy?: ProxySettings | null | undefined
  /** Headers that each request to the server itself has besides its own. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Areas of the register that the target file says are not implemented, in lower case: `directory`. */
  readonly unimplemented?: readonly string[]
  /** Whether a server that real people depend on may be verified. */
  readonly production?: boolean
  /** Whether phone numbers are kept only by their last two digits. */
  readonly redactNumbers?: boolean | undefined
  /** Where the target file says what a run may find to be wrong, by capability: `mine.yaml:12: capabilities.pin`. */
  readonly places?: Readonly<Partial<Record<Capability, string>>>
  /** What of the target file was found to be wrong before the run, by the capability that it is about. */
  readonly mistakes?: Readonly<Partial<Record<Capability, string>>>
}

/** A server under test: everything the driver needs to work it. */
export type Target = RelayTarget | MStoreTarget

/** The target of one protocol, or of any of several. */
export type TargetOf<Name extends Protocol> = Extract<Target, { readonly protocol: Name }>

/** The servers of one run, by protocol; null where nothing of that protocol is verified. */
export type Targets = { readonly [Name in Protocol]: TargetOf<Name> | null }

/** A relay under test. */
export interface RelayTarget extends AnyTarget {
  readonly protocol: 'relay'
  /** `number` as the relay spec prints it, or `number.device` for servers that insist on the suffix (E-31). */
  readonly username: 'number' | 'number.device'
  /** What makes a device reachable: a push id (the relay spec), or confirmation alone. */
  readonly reachableBy: 'push-id' | 'confirmation'
  /** How a registration id is written at confirmation: as a JSON number, or quoted as the relay spec prints it (E-03). */
  readonly registrationId: 'number' | 'text'
  /** Origins beyond the server's own where attachments may be; on loopback any port of this machine as well. */
  readonly attachmentOrigins?: readonly string[] | undefined
  readonly capabilities: {
    readonly verificationCode: SentSource | null
    readonly pushes: SentSource | null
    readonly devices: DevicesSource | null
    readonly limits: LimitsSource | null
    readonly federation: FederatedPeer | null
  }
  readonly timeouts: AnyTarget['timeouts'] & {
    /** How long a push may take to be seen. */
    readonly pushMs: number
  }
}

/** The software ISIM of a subscriber: K, OPc and SQN as lower-case hexadecimal text. */
export interface IsimSettings {
  readonly impi: string
  readonly k: string
  readonly opc: string
  /** The highest sequence number the card has accepted. */
  readonly sqn: string
}

/** A bootstrapping server: where it is, and its name in its realm and in a B-TID. */
export interface BsfAddress {
  readonly url: string
  readonly fqdn: string
}

/** Where digest credentials come from: a B-TID and its key (3GPP TS 33.220). */
export type GbaSource =
  /** Every subscriber that the control plane makes comes with an ISIM, and the plane names the BSF. */
  | { readonly kind: 'mock-control'; readonly url: string }
  | { readonly kind: 'isim'; readonly isim: IsimSettings; readonly bsf: BsfAddress }
  /** `key` is Ks_NAF in Base64. */
  | { readonly kind: 'fixed'; readonly btid: string; readonly key: string }
  /** A program that prints `{"btid":"…","key":"…"}` when it is given the host of the server. */
  | CommandSource

/** The fewest and the most digits of a PIN. */
export interface PinDigits {
  readonly least: number
  readonly most: number
}

/** An mStore under test. */
export interface MStoreTarget extends AnyTarget {
  readonly protocol: 'mstore'
  /** The one mailbox there is to work, by its number in E.164 form; null where each scenario gets its own. */
  readonly mailbox: string | null
  /** The name that keys are derived for, in the realm as well, where it is not the URL's host; else null. */
  readonly naf: string | null
  /** What the `uri` of a digest is, decoded: the absolute URL, or its path (E-02). */
  readonly digestUri: 'absolute' | 'path'
  readonly capabilities: {
    /** Makes a subscriber with a mailbox of its own for each scenario. */
    readonly subscribers: { readonly kind: 'mock-control'; readonly url: string } | null
    readonly gba: GbaSource | null
    /** Leaves a voicemail; a fixed source says that there are some already. */
    readonly voicemail: CapabilitySource | null
    /** Whether greetings may be uploaded. */
    readonly greeting: boolean
    /** The PIN of the mailbox; null where PINs are not to be touched. Made subscribers come with theirs. */
    readonly pin: string | null
  }
  /** How many digits a PIN has; null where that is not known. */
  readonly pinDigits: PinDigits | null
  readonly timeouts: AnyTarget['timeouts'] & {
    /** How long the gateway may take until it gives up with 504. */
    readonly gatewayMs: number
  }
}
