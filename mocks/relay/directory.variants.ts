import type { Json } from '#mocks/engine/reply.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { directory } = documented

/** Directories that are right otherwise. */
export const DIRECTORY_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-DIRECTORY-13/null-for-no-sms',
    summary: 'supportsSms is null where SMS is not supported',
    open: 'supportsSms is printed where it is true; whether it is absent, null or false elsewhere is not said',
    patch: {
      directory: { contact: (contact, scene) => ({ supportsSms: null, ...contactOf(contact, scene) }) },
    },
  }),
]

type ContactWriter = typeof directory.contact

function contactOf(...parameters: Parameters<ContactWriter>): Readonly<Record<string, Json>> {
  return directory.contact(...parameters) as Readonly<Record<string, Json>>
}
