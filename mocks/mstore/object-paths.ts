import { FOLDERS, folderOfId } from '#protocol/mstore/folders.ts'
import type { StoredObject } from './mailbox.ts'

/** The path of an object in URLs, `<folder id>%3A<number>`: the escape is part of it (E-41). */
export function objectPath({ folder, number }: Pick<StoredObject, 'folder' | 'number'>): string {
  return `${FOLDERS[folder].id}%3A${number}`
}

/** The path as the mailbox knows it, whatever the case of its escape; null for text that is no path of an object. */
export function knownPath(text: string): string | null {
  const [, id = '', number = ''] = /^([0-9a-f-]{36})(?:%3A|:)(\d{1,15})$/i.exec(text) ?? []
  const folder = folderOfId(id.toLowerCase())
  return folder === null ? null : objectPath({ folder: folder.name, number: Number(number) })
}
