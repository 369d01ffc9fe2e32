import { decideAllocation, decideRetrieval } from './attachments.ts'
import { decideDownload, decideUpload } from './blobs.ts'
import { decideCode } from './codes.ts'
import { decideConfirmation } from './confirmation.ts'
import { decideDirectoryQuery } from './directory.ts'
import type { RelayEvent } from './events.ts'
import { decideAnnouncement, decideListing } from './listings.ts'
import { decideMessages, decidePeerMessages } from './messages.ts'
import type { RelayDecision } from './outcomes.ts'
import { decidePrekeyUpload } from './prekey-upload.ts'
import { decidePeerPrekeys, decidePrekeys } from './prekeys.ts'
import { decideAddition, decideProvisioning } from './provisioning.ts'
import { decideRemovePushId, decideSetPushId } from './push-ids.ts'
import type { Scene } from './scene.ts'

/**
 * What a request leads to. Pure: the state is read and not written, time and chance come from the scene's
 * world. Whoever asks applies the changes before the next request is decided.
 */
export function decide(event: RelayEvent, scene: Scene): RelayDecision {
  switch (event.kind) {
    case 'request-code':
      return decideCode(event, scene)
    case 'confirm-code':
      return decideConfirmation(event, scene)
    case 'set-push-id':
      return decideSetPushId(event, scene)
    case 'remove-push-id':
      return decideRemovePushId(event, scene)
    case 'upload-prekeys':
      return decidePrekeyUpload(event, scene)
    case 'query-directory':
      return decideDirectoryQuery(event, scene)
    case 'fetch-prekeys':
      return decidePrekeys(event, scene)
    case 'submit-messages':
      return decideMessages(event, scene)
    case 'allocate-attachment':
      return decideAllocation(event, scene)
    case 'retrieve-attachment':
      return decideRetrieval(event, scene)
    case 'upload-blob':
      return decideUpload(event, scene)
    case 'download-blob':
      return decideDownload(event, scene)
    case 'peer-fetch-prekeys':
      return decidePeerPrekeys(event, scene)
    case 'peer-submit-messages':
      return decidePeerMessages(event, scene)
    case 'announce-listing':
      return decideAnnouncement(event, scene)
    case 'read-listing':
      return decideListing(event, scene)
    case 'provision-device':
      return decideProvisioning(event, scene)
    case 'add-device':
      return decideAddition(event, scene)
    default:
      return event satisfies never
  }
}
