import { FOLDERS } from '#protocol/mstore/folders.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'

/** An object that was there once, with the audio of another; undefined for a path that no object ever had. */
export function deletedObject(path: string, mailbox: StoredMailbox): StoredObject | undefined {
  const [, id = '', digits = ''] = /^([0-9a-f-]{36})%3A(\d+)$/i.exec(path) ?? []
  const folder = Object.values(FOLDERS).find((each) => each.id === id)
  const number = Number(digits)
  if (folder === undefined || number >= mailbox.nextNumbers[folder.name]) return undefined
  const [other] = mailbox.objects.values()
  return { ...(other ?? EMPTY), folder: folder.name, number }
}

const EMPTY: StoredObject = {
  folder: 'greetings',
  number: 0,
  attributes: new Map(),
  dateMs: 0,
  expiresMs: null,
  audio: new Uint8Array(6),
  fileName: 'audio.amr',
  boundary: 'boundary',
  seen: false,
  kept: false,
  greetingOn: false,
}
