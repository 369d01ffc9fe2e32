import { listAt } from '#driver/mstore/answers.ts'
import { folderIn } from '#model/mstore/folders.ts'
import { looseAttributes } from '../support/listing.ts'
import { quotaOf } from '../support/mailbox-reading.ts'
import { call } from './calls.ts'
import { ownerIn, type Performer } from './performer.ts'

/** Reads the quota of a folder. */
export const readFolder: Performer = async (performing) => {
  const { mailbox } = await ownerIn(performing)
  const { target } = performing.walk.session
  const called = await call(performing, quotaOf(target, mailbox, folderIn(performing.ask.values)))
  if (called.kind === 'violated') return called
  const list = called.answer === null ? null : listAt(called.answer, 'folder.attributes.attribute')
  return { ...called.seen, ...(list === null ? {} : { numbers: looseAttributes(list) }) }
}
