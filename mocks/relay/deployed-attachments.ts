import type { Patch } from '#mocks/engine/patch.ts'
import { documentedAttachments, type AttachmentRules } from './attachments.ts'
import { isOctets, type BlobRules } from './blobs.ts'

/** How the deployed relay gives out places for attachments (5.13). */
export const deployedAttachments: Patch<AttachmentRules> = {
  // E-40: a JSON number of more digits than a double holds
  allocated: ({ id }, location) => ({
    kind: 'text',
    type: 'application/json',
    text: `{"id":${id},"location":${JSON.stringify(location)}}`,
  }),
  isId: (text) => /^-?\d{1,19}$/.test(text),
  // E-44: any id has a location; where nothing was allocated the store refuses
  find: (id, scene) =>
    scene.state.blobs.byId(id) ?? { id, key: documentedAttachments.drawKey(scene), owner: '' },
}

/** What the deployed relay's blob store takes: the type is part of the signature of a URL (E-42). */
export const deployedBlobs: Patch<BlobRules> = {
  acceptsDownloadType: isOctets,
}
