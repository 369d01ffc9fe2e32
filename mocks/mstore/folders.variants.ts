import { encodeBase64 } from '#protocol/base64.ts'
import type { FolderBody } from '#protocol/mstore/folder-body.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { folders } = documented
/** What a store may keep with each object besides its audio. */
const HEADER_BYTES = 250

/** Folders that are right otherwise. */
export const FOLDER_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-FOLDER-28/fixed-order',
    summary: 'the attributes of a folder always come in the same order',
    open: 'no order of attributes is named',
    patch: { folders: { order: (values) => values } },
  }),
  variant({
    id: 'MSTORE-FOLDER-28/further-attributes',
    summary: 'a folder has attributes that the specification does not name',
    open: 'nothing says that there are no others',
    patch: { folders: { order: (values) => [['x-vendor', 'any'], ...values, ['LastModSeq', '17']] } },
  }),
  variant({
    id: 'MSTORE-FOLDER-28/further-members',
    summary: 'a folder has members that the specification does not name',
    open: 'nothing says that there are no others',
    patch: { folders: { body: (body) => further(body) } },
  }),
  variant({
    id: 'MSTORE-FOLDER-08/names-the-root',
    summary: 'parentFolder is the folder that holds both folders',
    open: 'the example shows the id of the folder itself, and nothing says why',
    patch: {
      folders: {
        body: ({ folder }) => ({
          folder: { ...folder, parentFolder: folder.parentFolder.replace(/[^/]+$/, 'root') },
        }),
      },
    },
  }),
  variant({
    id: 'MSTORE-FOLDER-10/beside-the-attributes',
    summary: 'resourceURL of a folder stands beside its attributes',
    open: 'known implementations have it there; no client reads it',
    patch: {
      folders: {
        body: ({ folder: { attributes, parentFolder } }) => ({
          folder: {
            parentFolder,
            attributes: { attribute: attributes.attribute },
            resourceURL: attributes.resourceURL,
          },
        }),
      },
    },
    dialects: ['deployed'],
  }),
  variant({
    id: 'MSTORE-FOLDER-12/counts-the-encoding',
    summary: 'OccupiedStorage counts the Base64 of the audio',
    open: '"Storage used in KiB": nothing says what takes storage',
    patch: { folders: { storedBytes: ({ audio }) => encodeBase64(audio, { padded: true }).length } },
  }),
  variant({
    id: 'MSTORE-FOLDER-12/counts-headers',
    summary: 'OccupiedStorage counts what is stored beside the audio',
    open: '"Storage used in KiB": nothing says what takes storage',
    patch: { folders: { storedBytes: ({ audio }) => audio.length + HEADER_BYTES } },
    areas: ['MSTORE-UPLOAD'],
  }),
  variant({
    id: 'MSTORE-FOLDER-29/serves-any-filter',
    summary: 'a folder is shown whatever attrFilter says',
    open: '"Its value can be set to Quota": other values are not described',
    patch: { folders: { judge: (filter) => (filter === null ? 'no-filter' : 'read') } },
    dialects: ['documented'],
  }),
  variant({
    id: 'MSTORE-FOLDER-05/wants-a-query',
    summary: 'a query that is encoded into the path is part of the id',
    open: '"The endpoint takes an attrFilter query parameter"',
    patch: {
      folders: { judge: (filter) => (filter?.form === 'encoded' ? 'unknown-folder' : folders.judge(filter)) },
    },
    dialects: ['documented'],
    areas: ['MSTORE-UPLOAD', 'MSTORE-URL'],
  }),
  variant({
    id: 'MSTORE-FOLDER-06/serves-the-query',
    summary: 'a plain query is served where known implementations do not',
    open: '"The endpoint takes an attrFilter query parameter"',
    patch: { folders: { judge: (filter) => folders.judge(filter) } },
    dialects: ['deployed'],
  }),
  variant({
    id: 'MSTORE-FOLDER-03/before-the-challenge',
    summary: 'a query without attrFilter ends in 504 before there is a challenge',
    open: '"the server will time out with HTTP 504": nothing says on which leg',
    patch: { checks: { order: ['agent', 'filter', 'credentials', 'path', 'method', 'body'] } },
  }),
  variant({
    id: 'MSTORE-FOLDER-07/answers-400',
    summary: 'an unknown folder answers 400',
    open: 'no status is listed for it',
    patch: { status: { 'read-folder': { 'unknown-folder': 400 }, search: { 'unknown-folder': 403 } } },
  }),
]

function further({ folder: { parentFolder, attributes } }: FolderBody): object {
  return {
    folder: {
      name: 'a folder',
      attributes: { resourceURL: attributes.resourceURL, total: 2, attribute: attributes.attribute },
      lastModSeq: 17,
      parentFolder,
      subFolders: [],
    },
    version: 1,
  }
}
