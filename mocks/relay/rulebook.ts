import type { Patch } from '#mocks/engine/patch.ts'
import { documentedAttachments, type AttachmentRules } from './attachments.ts'
import { documentedAuthentication, type AuthenticationRules } from './authentication.ts'
import { documentedBlobs, type BlobRules } from './blobs.ts'
import { documentedBodies, type BodyRules } from './bodies.ts'
import { documentedCodes, type CodeRules } from './codes.ts'
import { documentedConfirmation, type ConfirmationRules } from './confirmation.ts'
import { documentedConsequences, type RelayConsequences } from './consequences.ts'
import { documentedDirectory, type DirectoryRules } from './directory.ts'
import { documentedFederation, type FederationRules } from './federation.ts'
import { documentedLimits, type LimitRules } from './limits.ts'
import { documentedMessages, type MessageRules } from './messages.ts'
import { documentedStatuses, type RelayStatuses } from './outcomes.ts'
import { documentedPaths, type PathRules } from './paths.ts'
import { documentedPrekeyUpload, type PrekeyUploadRules } from './prekey-upload.ts'
import { documentedPrekeys, type PrekeyRules } from './prekeys.ts'
import { documentedProvisioning, type ProvisioningRules } from './provisioning.ts'
import { documentedPushIds, type PushIdRules } from './push-ids.ts'
import { documentedPushes, type PushRules } from './pushes.ts'
import { documentedReachability, type ReachabilityRules } from './reachability.ts'
import { documentedRequestReading, type RequestReadingRules } from './request-reading.ts'
import { documentedWire, type WireRules } from './wire.ts'

/**
 * Every choice and number by which the relay behaves. A dialect and a fault are patches to it; the rules
 * themselves ask no other question. The documented values stand with the concept, each with its source.
 */
export interface RelayRulebook {
  readonly status: RelayStatuses
  readonly requestReading: RequestReadingRules
  readonly paths: PathRules
  readonly bodies: BodyRules
  readonly authentication: AuthenticationRules
  readonly limits: LimitRules
  readonly codes: CodeRules
  readonly confirmation: ConfirmationRules
  readonly pushIds: PushIdRules
  readonly reachability: ReachabilityRules
  readonly prekeyUpload: PrekeyUploadRules
  readonly directory: DirectoryRules
  readonly prekeys: PrekeyRules
  readonly messages: MessageRules
  readonly pushes: PushRules
  readonly attachments: AttachmentRules
  readonly blobs: BlobRules
  readonly federation: FederationRules
  readonly provisioning: ProvisioningRules
  readonly consequences: RelayConsequences
  readonly wire: WireRules
}

/** Some of the rulebook, to be laid over it. */
export type RelayRulebookPatch = Patch<RelayRulebook>

/** The rulebook of the relay spec, read strictly. */
export const documented: RelayRulebook = {
  status: documentedStatuses,
  requestReading: documentedRequestReading,
  paths: documentedPaths,
  bodies: documentedBodies,
  authentication: documentedAuthentication,
  limits: documentedLimits,
  codes: documentedCodes,
  confirmation: documentedConfirmation,
  pushIds: documentedPushIds,
  reachability: documentedReachability,
  prekeyUpload: documentedPrekeyUpload,
  directory: documentedDirectory,
  prekeys: documentedPrekeys,
  messages: documentedMessages,
  pushes: documentedPushes,
  attachments: documentedAttachments,
  blobs: documentedBlobs,
  federation: documentedFederation,
  provisioning: documentedProvisioning,
  consequences: documentedConsequences,
  wire: documentedWire,
}
