import { listAt } from '#driver/mstore/answers.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import type { Values } from '#model/ask.ts'
import { folderIn } from '#model/mstore/folder-names.ts'
import { looseAttributes } from '../support/listing.ts'
import { quotaOf } from '../support/mailbox-reading.ts'
import { call } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'

/** The id of the folder that an ask names, or one beside it, as it says. */
export function folderIdIn(values: Values): string {
  const { id } = FOLDERS[folderIn(values)]
  return 'id' in values ? `${id.slice(0, -1)}0` : id
}

/** Reads the quota of a folder. */
export const readFolder: MStorePerformer = async (performing) => {
  const { mailbox } = await ownerIn(performing)
  const { target } = performing.walk.session
  const { values } = performing.ask
  const folder = folderIn(values)
  const request = quotaOf(target, mailbox, folder)
  const asked = { ...request, target: request.target.replace(FOLDERS[folder].id, folderIdIn(values)) }
  const called = await call(performing, asked)
  if (called.kind === 'violated') return called
  const list = called.answer === null ? null : listAt(called.answer, 'folder.attributes.attribute')
  return { ...called.seen, ...(list === null ? {} : { numbers: looseAttributes(list) }) }
}
