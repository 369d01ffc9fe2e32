import type { Target } from '#driver/target.ts'
import { RISKS, type Risk } from '#protocol/requirements.ts'

/** What may be allowed of a target: what scenarios do to it, and that it is one in use. */
export const ALLOW_WORDS = [...RISKS, 'production'] as const

/** One word of `allow`. */
export type AllowWord = (typeof ALLOW_WORDS)[number]

/** What `allow` says of a target; nothing where it is not given, and of production only where it is named. */
export function allowPart(words: readonly AllowWord[] | undefined): {
  readonly allow: readonly Risk[] | undefined
  readonly production: Target['production']
} {
  return {
    allow: words?.filter((word) => word !== 'production'),
    production: words?.includes('production') === true ? true : undefined,
  }
}
