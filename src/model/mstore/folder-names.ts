import type { FolderName } from '#protocol/mstore/folders.ts'

/** The two folders. */
export const FOLDER_NAMES = ['voicemails', 'greetings'] as const

/** The folder that an ask names. */
export function folderIn(values: Readonly<Record<string, string>>): FolderName {
  return values['folder'] === 'greetings' ? 'greetings' : 'voicemails'
}

/** An id that differs from that of the folder in its last character, as an ask has it under `id`. */
export const ID_BESIDE = 'with another last character'
