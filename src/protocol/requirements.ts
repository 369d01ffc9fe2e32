/** The protocols the harness knows. */
export const PROTOCOLS = ['relay', 'mstore'] as const

/** The name of a protocol. */
export type Protocol = (typeof PROTOCOLS)[number]

/** How ambiguous sentences of a specification are read: as written, or as known implementations do. */
export const DIALECTS = ['documented', 'deployed'] as const

/** The name of a dialect. */
export type Dialect = (typeof DIALECTS)[number]

/** What a scenario does to a live system, mildest first. */
export const RISKS = ['reads', 'writes', 'sends', 'destroys', 'exhausts', 'slow'] as const

/** One thing that a scenario does to a live system. */
export type Risk = (typeof RISKS)[number]

/**
 * What a scenario can need besides the protocol.
 *
 * - `verificationCode`: a code that confirms a number. `sentCodes`: a view of the codes sent, with number and transport.
 * - `pushes`: a view of what the push gateways were handed. `devices`: a way to add a device to an account.
 * - `limits`: the figures of the limiters, and a way to let them refill. `federation`: a peered second node.
 * - `blobStore`: attachment URLs can be reached from here.
 * - `gba`: digest credentials. `bsf`: a bootstrapping server and ISIM under the tester's control.
 * - `voicemail`: voicemails in the mailbox. `greeting`: permission to upload greetings. `pin`: the current PIN.
 * - `tls`: a URL that begins with https.
 * - `mock`: something that only a mock can be brought to do.
 */
export const CAPABILITIES = [
  'verificationCode',
  'sentCodes',
  'pushes',
  'devices',
  'limits',
  'federation',
  'blobStore',
  'gba',
  'bsf',
  'voicemail',
  'greeting',
  'pin',
  'mock',
  'tls',
] as const

/** The name of a capability. */
export type Capability = (typeof CAPABILITIES)[number]
